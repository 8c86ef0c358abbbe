package xmover.options;

import xmover.environment.Environment;
import xmover.run.ExitCode;

/** What a command does, once its options are read. */
@FunctionalInterface
public interface Action {
  /** Does it with what is around it; a failure is thrown, and told by {@link Cli}. */
  ExitCode run(Environment environment) throws Exception;
}
