package xmover.reset;

/**
 * Is told all that happens in a run, one event after the other. It is called on the event loop and
 * must do no blocking I/O there; what it throws is logged and costs the run nothing.
 */
@FunctionalInterface
public interface RunListener {
  /** Tells nobody. */
  RunListener NONE = event -> {};

  void on(RunEvent event);
}
