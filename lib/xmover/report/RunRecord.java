package xmover.report;

import java.util.List;
import java.util.Optional;
import xmover.detect.ClusterIdentity;
import xmover.reset.RunReport;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;

/**
 * All that a report tells of one run.
 *
 * @param cluster empty when it was never reached
 * @param found what the detection found, with what is left alone; empty when none was made
 * @param statements every statement that changed something, in the order they left
 * @param error what ended it before its time; empty when it went through
 * @param exitCode what the command ends with
 */
public record RunRecord(
    RunIdentity run,
    Optional<ClusterIdentity> cluster,
    List<Finding> found,
    RunReport report,
    List<SqlTrail.Sent> statements,
    Optional<String> error,
    int exitCode) {
  public RunRecord {
    found = List.copyOf(found);
    statements = List.copyOf(statements);
  }
}
