package xmover.options;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;
import xmover.run.JournalPlace;
import xmover.web.ServeAddress;
import xmover.web.Token;

/** How often a cluster is looked at, and where that is shown. */
@Command
public final class WatchArguments {
  private static final Duration SERVED_EVERY = Duration.ofSeconds(10);

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "5s",
      paramLabel = "TIME",
      description = "Look again every so often, until stopped (default: every 5s).")
  private @Nullable Duration every;

  @Mixin private final ServeArguments serve = new ServeArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();

  /** Nothing for a single look. */
  public Duration every() {
    return Objects.requireNonNullElse(every, Duration.ZERO);
  }

  /** Whether it is shown over HTTP instead. */
  public boolean isServed() {
    return serve.isAsked();
  }

  /** The time between two looks that are served. */
  public Duration servedEvery() {
    Duration time = Objects.requireNonNullElse(every, SERVED_EVERY);
    if (time.isZero()) {
      throw new InvalidSettings("--watch must be longer than nothing.");
    }
    return time;
  }

  /** Which journal remembers what runs healed. */
  public JournalPlace journal() {
    return journal.place();
  }

  /** Where it is served. */
  public ServeAddress address(Environment environment) {
    return serve.address(environment).orElseThrow();
  }

  /** The token to be shown there. */
  public Optional<Token> token(Environment environment) {
    return serve.token(environment);
  }
}
