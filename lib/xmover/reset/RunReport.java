package xmover.reset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import xmover.table.Bytes;

/**
 * What a run did: one result per table it was to reset, in the order it took them on.
 *
 * @param beyondLimit how many more qualified, left for another run by --max-tables
 */
public record RunReport(
    Instant started, Instant ended, List<TableResult> results, int beyondLimit) {
  public RunReport {
    results = List.copyOf(results);
  }

  /** Both reports as one: what was gone on with, and what was begun anew. */
  public RunReport and(RunReport later) {
    return new RunReport(
        started,
        later.ended,
        Stream.concat(results.stream(), later.results.stream()).toList(),
        beyondLimit + later.beyondLimit);
  }

  public Duration took() {
    return Duration.between(started, ended);
  }

  public long completed() {
    return results.stream().filter(TableResult::isCompleted).count();
  }

  public long failed() {
    return results.size() - completed();
  }

  /** Tables whose setting is back and that are not healed. */
  public List<TableResult> notCured() {
    return results.stream().filter(TableResult::isNotCured).toList();
  }

  /** Tables that may still be without their replicas. */
  public List<TableResult> critical() {
    return results.stream().filter(TableResult::isCritical).toList();
  }

  /** The tables that a gentler remedy healed: a reset would have left each with one copy. */
  public List<TableResult> spared() {
    return results.stream().filter(TableResult::isSpared).toList();
  }

  /** How much of them there is: one copy of each. */
  public Bytes sparedBytes() {
    return new Bytes(
        spared().stream()
            .mapToLong(result -> result.finding().totals().primaryBytes().value())
            .sum());
  }
}
