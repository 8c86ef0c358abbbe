package xmover.options;

import java.util.List;
import xmover.environment.Environment;
import xmover.run.ExitCode;

/** What a command does, once its options are read. */
@FunctionalInterface
public interface Action {
  /** Does it with what is around it; a failure is thrown, and told by {@link Cli}. */
  ExitCode run(Environment environment) throws Exception;

  /** Commands typed after it, in the order of the help; commands of picocli among them. */
  default List<Object> commands() {
    return List.of();
  }
}
