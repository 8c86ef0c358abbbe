package xmover.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import xmover.live.FollowedRun;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.TestResults;
import xmover.reset.machine.RunIdentity;

/** The report of a run of 41 tables as a file: most are healed, some are not. */
public final class WrittenReport {
  private static final Instant START = Instant.parse("2024-01-15T10:30:00Z");

  private WrittenReport() {}

  /** Writes it; the ending of the file says its form. */
  public static Path to(Path file) throws IOException {
    Stream<String> others =
        Stream.of("critical", "timed_out", "not_cured", "refused", "changed_by_others");
    List<TableResult> results =
        Stream.concat(others, IntStream.range(5, 41).mapToObj(i -> "cured"))
            .map(word -> TestResults.of("metrics.measurements_by_minute_" + word, word))
            .toList();
    var record =
        new RunRecord(
            new RunIdentity("run-1", "ops", "laptop", START),
            Optional.of(FollowedRun.CLUSTER),
            results.stream().map(TableResult::finding).toList(),
            new RunReport(START, START.plusSeconds(2410), results, 0),
            results.stream().map(WrittenReport::sent).toList(),
            Optional.empty(),
            4);
    new ReportFile(file).write(record);
    return file;
  }

  private static SqlTrail.Sent sent(TableResult result) {
    var table = result.finding().table();
    return new SqlTrail.Sent(
        START.plusSeconds(1),
        Duration.ofMillis(120),
        Optional.of(table),
        "ALTER TABLE %s SET (\"number_of_replicas\" = '0')".formatted(table.sqlTarget()),
        "ok");
  }
}
