package xmover.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.print.DurationText;
import xmover.print.Terminal;
import xmover.print.TextTable;
import xmover.table.Printable;

/** How fast watched tables grow, for people, where that leads, and which command heals them. */
public final class GrowthText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final String UNKNOWN = "-";

  private GrowthText() {}

  /** A table and a line for each command, ending with a line break; empty where no table is. */
  public static String render(ClusterState sight, Terminal terminal, ZoneId zone) {
    List<WatchedTable> tables = sight.tables();
    return tables.isEmpty() ? "" : growth(sight, terminal, zone) + commands(tables);
  }

  private static String growth(ClusterState sight, Terminal terminal, ZoneId zone) {
    List<WatchedTable> tables = sight.tables();
    if (tables.stream().allMatch(table -> table.growth().flatMap(Growth::bytesPerHour).isEmpty())) {
      return "How fast they grow is not known from one look; --watch looks again.\n";
    }
    return new TextTable<WatchedTable>()
        .text("Table", WatchedTable::table)
        .number("Worst", table -> table.worst().map(Object::toString).orElse(UNKNOWN))
        .number("Grows", table -> speed(table.growth()))
        .text("Since", table -> since(sight.at(), table.growth(), zone))
        .text("Reaches", 24, table -> reaches(sight.at(), table, zone))
        .render(tables, terminal, table -> false);
  }

  /** {@code 144.0 MB/h}; a dash before a second look. */
  private static String speed(Optional<Growth> growth) {
    return growth.flatMap(Growth::bytesPerHour).map(bytes -> bytes + "/h").orElse(UNKNOWN);
  }

  private static String since(Instant now, Optional<Growth> growth, ZoneId zone) {
    return growth.map(known -> clock(now, known.since(), zone, SECONDS)).orElse(UNKNOWN);
  }

  private static String reaches(Instant now, WatchedTable table, ZoneId zone) {
    Optional<String> qualifies =
        table
            .growth()
            .flatMap(Growth::qualifiesAt)
            .map(
                at ->
                    "%s, where it qualifies, %s"
                        .formatted(table.qualifiesAbove().orElseThrow(), when(now, at, zone)));
    Optional<String> disk =
        table
            .growth()
            .flatMap(Growth::diskFull)
            .map(
                full ->
                    "the %s of %s %s"
                        .formatted(full.watermark(), full.node(), when(now, full.at(), zone)));
    String both =
        Stream.of(qualifies, disk).flatMap(Optional::stream).collect(Collectors.joining("; "));
    return both.isEmpty() ? UNKNOWN : both;
  }

  /** {@code at 18:40, in 4h38m}; with the day where it is not this one. */
  private static String when(Instant now, Instant at, ZoneId zone) {
    return "at %s, in %s"
        .formatted(clock(now, at, zone, TIME), DurationText.text(Duration.between(now, at)));
  }

  private static String clock(Instant now, Instant at, ZoneId zone, DateTimeFormatter today) {
    ZonedDateTime then = at.atZone(zone);
    boolean sameDay = now.atZone(zone).toLocalDate().equals(then.toLocalDate());
    return then.format(sameDay ? today : DAY);
  }

  private static String commands(List<WatchedTable> tables) {
    return tables.stream()
        .flatMap(
            table ->
                table
                    .heal()
                    .map(command -> "To heal %s: %s".formatted(table.table(), command))
                    .stream())
        .map(line -> Printable.line(line) + "\n")
        .collect(Collectors.joining());
  }
}
