package xmover.environment;

/** What the operating system tells a process, and would end it by. */
@FunctionalInterface
public interface Signals {
  /** Nobody tells anything. */
  Signals NONE = (name, told) -> () -> {};

  /**
   * Listens from now on, beside all who listen already.
   *
   * @param name such as TERM; one that the system does not know is never told
   * @return ends that; when nobody listens any more the signal does what it did before
   */
  Runnable on(String name, Runnable told);
}
