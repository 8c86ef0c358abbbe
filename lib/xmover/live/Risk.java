package xmover.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import xmover.print.DurationText;
import xmover.table.Bytes;
import xmover.table.TableRef;

/**
 * What of a run's data may have one copy at one instant: page, terminal, health, metrics and {@code
 * ctl status} all tell this. A table counts until a look saw every copy of it STARTED.
 *
 * @param tables how many tables and partitions
 * @param atZero how many of them may be at zero replicas; the others wait for copies
 * @param bytes one copy of their data
 * @param longest the one that has been so for the longest time; empty when there is none
 * @param nextLook when the next of them is looked at; empty while that is not known
 * @param failing what keeps a table at zero; empty while nothing does
 */
public record Risk(
    int tables,
    int atZero,
    Bytes bytes,
    Optional<Longest> longest,
    Optional<Instant> nextLook,
    Optional<Failing> failing) {
  /** Nothing is at one copy. */
  public static final Risk NONE =
      new Risk(0, 0, Bytes.ZERO, Optional.empty(), Optional.empty(), Optional.empty());

  /** How bad it is. */
  public enum Level {
    NONE,
    ONE_COPY,
    RESTORE_FAILING
  }

  /**
   * The table that has had one copy for the longest time.
   *
   * @param limit how long it may be at zero replicas; empty while it waits for its copies
   */
  public record Longest(TableRef table, Instant since, Optional<Duration> limit) {}

  /**
   * A table that does not get its replicas back, or not yet.
   *
   * @param since when it came to be at zero replicas
   * @param reason what failed, in words
   * @param attempt which attempt failed, counted from 1; 0 where none was made
   * @param again when it is tried again; empty when it is not, or nobody knows
   * @param statement what would restore it; empty where nobody knows what it had
   * @param others how many tables more
   */
  public record Failing(
      TableRef table,
      Instant since,
      String reason,
      int attempt,
      Optional<Instant> again,
      Optional<String> statement,
      int others) {}

  @JsonProperty
  public Level level() {
    if (failing.isPresent()) {
      return Level.RESTORE_FAILING;
    }
    return tables > 0 ? Level.ONE_COPY : Level.NONE;
  }

  /** For people, in a line. */
  public String text(Instant now) {
    return failing
        .map(table -> failing(table, now))
        .orElseGet(() -> tables == 0 ? "Nothing is at one copy" : exposed(now));
  }

  private String exposed(Instant now) {
    return "%s, %s at one copy%s%s"
        .formatted(
            tables == 1 ? "1 table" : tables + " tables",
            bytes,
            longest.map(table -> ", " + lasting(table, now)).orElse(""),
            nextLook.map(at -> ", next look in " + until(at, now)).orElse(""));
  }

  private String lasting(Longest table, Instant now) {
    return (tables == 1 ? "for " : "the longest for ")
        + DurationText.text(Duration.between(table.since(), now))
        + table.limit().map(limit -> " of " + DurationText.text(limit)).orElse("");
  }

  private static String failing(Failing table, Instant now) {
    String more = table.others() == 0 ? "" : " (and %s more)".formatted(table.others());
    String attempt = table.attempt() == 0 ? "" : "attempt %s failed, ".formatted(table.attempt());
    String next =
        table
            .again()
            .map(at -> attempt + "again in " + until(at, now) + ": " + table.reason())
            .orElse(table.reason());
    return "RESTORE FAILING: %s%s, at one copy for %s; %s"
        .formatted(
            table.table(), more, DurationText.text(Duration.between(table.since(), now)), next);
  }

  private static String until(Instant then, Instant now) {
    Duration left = Duration.between(now, then);
    return DurationText.text(left.isNegative() ? Duration.ZERO : left);
  }

  /** Why nobody should rely on the run, naming no table; empty when its tables are not at risk. */
  Optional<String> trouble() {
    return failing.map(
        table ->
            "the replicas of %s can't be restored%s"
                .formatted(
                    table.others() == 0 ? "1 table" : table.others() + 1 + " tables",
                    table.again().isPresent() ? " so far" : ""));
  }
}
