package xmover.sim;

import java.util.List;

/**
 * A snapshot of some tables.
 *
 * @param started milliseconds since 1970
 * @param finished milliseconds since 1970, {@link Seconds#NEVER} for one that never ends
 */
record SimSnapshot(String id, Scenario.SnapshotSpec spec, long started, long finished) {
  boolean isFinished(long now) {
    return now >= finished;
  }

  String state(long now) {
    return isFinished(now) ? "SUCCESS" : "IN_PROGRESS";
  }

  /** The names of the indices of tables without partitions. */
  List<String> indices() {
    return spec.tables().stream()
        .map(table -> table.startsWith("doc.") ? table.substring("doc.".length()) : table)
        .toList();
  }
}
