package xmover.observe.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import xmover.reset.ResetJob;
import xmover.reset.RestoreOutcome;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * Which tables have no replicas at this moment, and which have one copy: from the first byte of the
 * ALTER to 0 until their replicas are back, or nobody waits for those any more. What could not be
 * restored stays.
 */
final class ExposedTables {
  private final Map<TableRef, Bytes> sizes = new HashMap<>();
  private final Set<TableRef> atZero = new HashSet<>();
  private final Set<TableRef> exposed = new HashSet<>();

  void chosen(List<Finding> tables) {
    tables.forEach(table -> sizes.put(table.table(), table.totals().primaryBytes()));
  }

  /** A reset stands there now. */
  void at(ResetJob job) {
    if (job.state().isAtRisk() || job.restore() == RestoreOutcome.FAILED) {
      atZero.add(job.table());
      exposed.add(job.table());
    } else {
      atZero.remove(job.table());
    }
  }

  void ended(TableResult result) {
    if (!result.isCritical()) {
      exposed.remove(result.finding().table());
    }
  }

  /** A last look may have shown otherwise. */
  void over(RunReport report) {
    atZero.clear();
    report.critical().forEach(result -> atZero.add(result.finding().table()));
    exposed.clear();
    exposed.addAll(atZero);
  }

  int atZero() {
    return atZero.size();
  }

  long bytes() {
    return exposed.stream().mapToLong(table -> sizes.getOrDefault(table, Bytes.ZERO).value()).sum();
  }
}
