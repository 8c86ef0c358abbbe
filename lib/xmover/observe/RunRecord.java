package xmover.observe;

import java.util.List;
import xmover.detect.ClusterIdentity;
import xmover.reset.RunIdentity;
import xmover.reset.RunReport;
import xmover.table.Finding;

/**
 * All that a report tells of one run.
 *
 * @param found what the detection found, with what is left alone; empty when none was made
 * @param statements every statement that changed something, in the order they left
 * @param exitCode what the command ends with
 */
public record RunRecord(
    RunIdentity run,
    ClusterIdentity cluster,
    List<Finding> found,
    RunReport report,
    List<SqlTrail.Sent> statements,
    int exitCode) {
  public RunRecord {
    found = List.copyOf(found);
    statements = List.copyOf(statements);
  }
}
