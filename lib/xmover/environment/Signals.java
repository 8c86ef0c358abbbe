package xmover.environment;

/** What the operating system tells a process, and would end it by. */
@FunctionalInterface
public interface Signals {
  /** Nobody tells anything. */
  Signals NONE = (name, told) -> {};

  /**
   * Listens from now on; who listened to it before is told no more.
   *
   * @param name such as TERM; one that the system does not know is never told
   */
  void on(String name, Runnable told);
}
