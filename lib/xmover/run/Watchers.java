package xmover.run;

import java.util.List;
import java.util.Optional;
import xmover.environment.Environment;
import xmover.log.LogLines;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;

/** Those who watch a run beside its log: page, metrics, alerts, report, the live view. */
public interface Watchers {
  /** Nobody watches. */
  Watchers NONE =
      new Watchers() {
        @Override
        public boolean isAsked(Environment environment) {
          return false;
        }

        @Override
        public List<RunObserver> open(Environment environment, RunScene scene, LogLines log) {
          return List.of();
        }
      };

  /** Whether somebody was asked to watch who would have to be told that there is no run. */
  boolean isAsked(Environment environment);

  /** The page of the run, once it was opened; empty where there is none. */
  default Optional<ServedRun> page() {
    return Optional.empty();
  }

  /** Whether one of them prints what the run did, so that nobody else has to. */
  default boolean printResult() {
    return false;
  }

  /**
   * Opens them for one run; fails where one can't do what was asked for.
   *
   * @param log is told where the run is served, and shares the terminal
   */
  List<RunObserver> open(Environment environment, RunScene scene, LogLines log);
}
