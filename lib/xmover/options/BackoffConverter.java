package xmover.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import xmover.reset.machine.Backoff;

/**
 * Reads a backoff: {@code ladder}, {@code fixed:5s}, {@code exponential:1s..60s}, {@code 10s,15s}.
 */
final class BackoffConverter implements ITypeConverter<BackoffConverter.Choice> {
  private static final DurationConverter TIMES = new DurationConverter();

  /** A backoff once the interval of the cluster's lease syncs is known. */
  record Choice(Function<Duration, Backoff> forInterval) {
    private static Choice of(Backoff backoff) {
      return new Choice(interval -> backoff);
    }
  }

  @Override
  public Choice convert(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException | TypeConversionException refused) {
      throw new TypeConversionException(
          "'%s' is no backoff (%s): write ladder, adaptive, fixed:5s, exponential:1s..60s or"
                  .formatted(text, refused.getMessage())
              + " delays like 10s,15s,30s");
    }
  }

  private static Choice parse(String text) {
    if (text.equals("ladder")) {
      return Choice.of(Backoff.Ladder.HANDBOOK);
    }
    if (text.equals("adaptive")) {
      return new Choice(Backoff.Adaptive::new);
    }
    if (text.startsWith("fixed:")) {
      return Choice.of(new Backoff.Ladder(List.of(TIMES.convert(text.substring(6)))));
    }
    if (text.startsWith("exponential:") && text.contains("..")) {
      String[] range = text.substring(12).split("\\.\\.", 2);
      return Choice.of(new Backoff.Exponential(TIMES.convert(range[0]), TIMES.convert(range[1])));
    }
    return Choice.of(
        new Backoff.Ladder(Arrays.stream(text.split(",")).map(TIMES::convert).toList()));
  }
}
