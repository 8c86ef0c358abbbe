package xmover.observe;

import io.vertx.core.Future;

/** What can be done to a run from outside; any thread may. */
public interface RunControl {
  /** Starts no new table until {@link #proceed}; those under way go on. */
  void pause();

  /** Ends a pause. */
  void proceed();

  /** Starts no new table and puts those at risk back at once. */
  void stop(String reason);

  /** Completes when the loop that the run works on answers. */
  Future<Void> alive();
}
