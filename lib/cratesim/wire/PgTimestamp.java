package cratesim.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** CrateDB's epoch milliseconds as PostgreSQL's timestamps: microseconds since the year 2000. */
final class PgTimestamp {
  private static final long MILLIS_UNTIL_2000 = 946_684_800_000L;
  private static final DateTimeFormatter PRINTED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .appendPattern("[XXX][X]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT);

  private PgTimestamp() {}

  static String text(long epochMillis, PgType type) {
    var time = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC);
    return PRINTED.format(time) + (type == PgType.TIMESTAMPTZ ? "+00" : "");
  }

  static long binary(long epochMillis) {
    return (epochMillis - MILLIS_UNTIL_2000) * 1000;
  }

  static long read(long microseconds) {
    return Math.floorDiv(microseconds, 1000L) + MILLIS_UNTIL_2000;
  }

  /** Reads ISO dates and times, in UTC where nothing else is said, and epoch milliseconds. */
  static long parse(String text) {
    return text.matches("-?\\d+")
        ? Long.parseLong(text)
        : READ.parse(text.trim(), Instant::from).toEpochMilli();
  }
}
