package xmover.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.connection.InvalidSettings;
import xmover.cluster.sql.Sql;
import xmover.detect.Visibility;
import xmover.environment.Environment;
import xmover.environment.Timers;
import xmover.options.Action;
import xmover.options.CommonArguments;
import xmover.options.ConnectionArguments;
import xmover.run.Connection;
import xmover.run.ExitCode;
import xmover.table.Printable;

/** Connects, and tells who we are and what we see: a health check. */
@Command(
    name = "test-connection",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Connect, and tell version, cluster, nodes, user, privileges and visible tables.",
    footer = {
      "",
      "Exit code 0 when the cluster answered, 1 when not, always within --timeout.",
      "Example: xmover test-connection --connect postgresql://crate@db1:5432/doc",
      "Example: HEALTHCHECK CMD xmover test-connection --timeout 5s"
    })
public final class TestConnectionCommand implements Action {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long all of it may take (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(10);

  private record Answer(Visibility visibility, Duration roundTrip) {}

  @Override
  public ExitCode run(Environment environment) {
    if (timeout.isZero()) {
      throw new InvalidSettings("--timeout must be longer than nothing.");
    }
    try (Connection connection = this.connection.open(environment)) {
      print(Connection.await(inTime(ask(connection))));
    }
    return ExitCode.DONE;
  }

  /** The round trip is timed on a connection that is open already. */
  private static Future<Answer> ask(Connection connection) {
    Cluster cluster = connection.cluster();
    Timers timers = connection.timers();
    return Visibility.of(cluster)
        .compose(
            visibility -> {
              Instant sent = timers.now();
              return cluster
                  .execute(Sql.ping())
                  .map(rows -> new Answer(visibility, Duration.between(sent, timers.now())));
            });
  }

  private Future<Answer> inTime(Future<Answer> answer) {
    return answer
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof ClusterFailure
                        ? failure
                        : new ClusterFailure(
                            ClusterFailure.Kind.TIMEOUT,
                            "no answer within --timeout " + timeout.toMillis() / 1000.0 + " s",
                            null,
                            failure)));
  }

  private void print(Answer answer) {
    var cluster = answer.visibility().cluster();
    line("cluster     %s (%s)", cluster.name(), cluster.id());
    line("version     %s", String.join(" and ", cluster.versions()));
    line("nodes       %s: %s", cluster.nodes().size(), String.join(" ", cluster.nodes()));
    line("user        %s%s", cluster.user(), cluster.superuser() ? " (superuser)" : "");
    line("privileges  %s", privileges(answer.visibility()));
    line("tables      %s visible", answer.visibility().visibleTables());
    line("round trip  %.1f ms", answer.roundTrip().toNanos() / 1e6);
  }

  private void line(String format, Object... values) {
    String text = Printable.line(String.format(Locale.ROOT, format, values));
    Objects.requireNonNull(spec).commandLine().getOut().println(text);
  }

  private static String privileges(Visibility visibility) {
    return visibility.cluster().superuser()
        ? "all"
        : visibility.privileges().isEmpty() ? "none" : String.join(", ", visibility.privileges());
  }
}
