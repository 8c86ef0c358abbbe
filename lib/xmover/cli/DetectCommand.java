package xmover.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import xmover.detect.Analysis;
import xmover.detect.Detection;
import xmover.environment.Environment;

/** Finds the problematic tables and changes nothing. */
@Command(
    name = "detect",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Find such tables and change nothing: the first phase alone.",
    footer = {
      "",
      "Changes nothing. Exit code 0 also when something was found; 1 when it could not look.",
      "Example: xmover detect --schema doc --output json | jq '.tables[].table'"
    })
public class DetectCommand implements Action {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final DetectionArguments detection = new DetectionArguments();
  @Mixin private final OutputArguments output = new OutputArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    print(render(environment, traced(environment)));
    return ExitCode.DONE;
  }

  final DetectionArguments detection() {
    return detection;
  }

  final OutputArguments output() {
    return output;
  }

  final ConnectionArguments connection() {
    return connection;
  }

  /** Looks at the cluster once. */
  protected final Analysis analyse(Environment environment) {
    var thresholds = detection.thresholds();
    try (Toolkit toolkit = connection.open(environment)) {
      return Toolkit.await(toolkit.detection().analyse(thresholds, detection.filter()));
    }
  }

  /** The same, and what may have caused it. */
  private Analysis traced(Environment environment) {
    var thresholds = detection.thresholds();
    try (Toolkit toolkit = connection.open(environment)) {
      Detection found = toolkit.detection();
      return Toolkit.await(found.analyse(thresholds, detection.filter()).compose(found::traced));
    }
  }

  /** The analysis in the form asked for. */
  protected final String render(Environment environment, Analysis analysis) {
    return output.render(analysis, new StandardOutput(environment).terminal(spec().commandLine()));
  }

  protected final void print(String text) {
    spec().commandLine().getOut().print(text);
    spec().commandLine().getOut().flush();
  }

  protected final CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }
}
