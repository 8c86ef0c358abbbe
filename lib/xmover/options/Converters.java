package xmover.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import xmover.environment.Environment;
import xmover.metrics.MetricsFile;
import xmover.metrics.StatsdAddress;
import xmover.observe.ServiceUrl;
import xmover.report.ReportFile;
import xmover.reset.machine.Backoff;
import xmover.table.Bytes;
import xmover.web.ServeAddress;

/** Reads the values of options; one that makes no sense is refused with a sentence. */
final class Converters {
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d|)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(b|[kmgtp]b?)", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "bkmgtp";

  private Converters() {}

  /** A backoff once the interval of the cluster's lease syncs is known. */
  record Delays(Function<Duration, Backoff> forInterval) {
    private static Delays of(Backoff backoff) {
      return new Delays(interval -> backoff);
    }
  }

  static void register(CommandLine commandLine, Environment environment) {
    commandLine
        .registerConverter(Path.class, sentence(environment::file))
        .registerConverter(Duration.class, sentence(Converters::duration))
        .registerConverter(Bytes.class, sentence(Converters::bytes))
        .registerConverter(Delays.class, sentence(Converters::delays))
        .registerConverter(ServiceUrl.class, sentence(ServiceUrl::of))
        .registerConverter(ServeAddress.class, sentence(ServeAddress::parse))
        .registerConverter(
            ReportFile.class, sentence(file -> new ReportFile(environment.file(file))))
        .registerConverter(
            MetricsFile.class, sentence(file -> new MetricsFile(environment.file(file))))
        .registerConverter(StatsdAddress.class, sentence(StatsdAddress::of))
        .registerConverter(int.class, number("whole number", Integer::valueOf))
        .registerConverter(Integer.class, number("whole number", Integer::valueOf))
        .registerConverter(double.class, number("number", Double::valueOf));
  }

  /** The sentence of a refusal is what the operator reads. */
  private static <T> ITypeConverter<T> sentence(Function<String, T> read) {
    return text -> {
      try {
        return read.apply(text);
      } catch (IllegalArgumentException refused) {
        throw new TypeConversionException(String.valueOf(refused.getMessage()));
      }
    };
  }

  private static <T> ITypeConverter<T> number(String kind, Function<String, T> read) {
    return text -> {
      try {
        return read.apply(text);
      } catch (NumberFormatException refused) {
        throw new TypeConversionException("'" + text + "' is no " + kind);
      }
    };
  }

  /** {@code 10s}, {@code 1.5s}, {@code 500ms}, {@code 5m}, {@code 2h}, {@code 7d}; else seconds. */
  private static Duration duration(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time: write 500ms, 10s, 5m, 2h or 7d");
    }
    double millis =
        switch (time.group(2)) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          default -> 1_000;
        };
    return Duration.ofMillis(Math.round(Double.parseDouble(time.group(1)) * millis));
  }

  /** {@code 500MB}, {@code 1.5 gb}, {@code 64k}; no number alone, as nobody means bytes. */
  static Bytes bytes(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size: write 500MB, 20GB or 1.5TB");
    }
    int unit = UNITS.indexOf(size.group(2).toLowerCase(Locale.ROOT).charAt(0));
    double bytes = Double.parseDouble(size.group(1)) * Math.pow(1024, unit);
    if (bytes > Long.MAX_VALUE) {
      throw new IllegalArgumentException("'" + text + "' is more than any cluster holds");
    }
    return new Bytes(Math.round(bytes));
  }

  /** {@code ladder}, {@code adaptive}, {@code fixed:5s}, {@code exponential:1s..60s}, a list. */
  private static Delays delays(String text) {
    try {
      if (text.equals("ladder")) {
        return Delays.of(Backoff.Ladder.HANDBOOK);
      }
      if (text.equals("adaptive")) {
        return new Delays(Backoff.Adaptive::new);
      }
      if (text.startsWith("fixed:")) {
        return Delays.of(new Backoff.Ladder(List.of(duration(text.substring(6)))));
      }
      if (text.startsWith("exponential:") && text.contains("..")) {
        String[] range = text.substring(12).split("\\.\\.", 2);
        return Delays.of(new Backoff.Exponential(duration(range[0]), duration(range[1])));
      }
      return Delays.of(
          new Backoff.Ladder(Arrays.stream(text.split(",")).map(Converters::duration).toList()));
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "'%s' is no backoff (%s): write ladder, adaptive, fixed:5s, exponential:1s..60s or"
                  .formatted(text, refused.getMessage())
              + " delays like 10s,15s,30s",
          refused);
    }
  }
}
