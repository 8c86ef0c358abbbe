package xmover.print;

import java.util.List;
import xmover.cluster.Statement;
import xmover.cluster.sql.PreflightSql;
import xmover.cluster.sql.Sql;
import xmover.detect.Analysis;
import xmover.table.Finding;
import xmover.table.Printable;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.Verdict.Action;

/**
 * The complete SQL to heal what an analysis found by hand, statement by statement, with the why.
 */
public final class SqlByHand {
  private final Analysis analysis;
  private final StringBuilder sql = new StringBuilder();

  private SqlByHand(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The statements of every table that qualifies; what is left alone stands as a comment. */
  public static String of(Analysis analysis) {
    return new SqlByHand(analysis).write();
  }

  private String write() {
    List<Finding> tables = analysis.toReset();
    String rebalance = analysis.cluster().rebalance();
    comment("%s to reset on cluster %s".formatted(tables.size(), analysis.cluster().name()));
    if (!tables.isEmpty()) {
      sql.append("\\set ON_ERROR_STOP on\n");
      comment(
          "That stops psql at the first error; anything else does not know that line.",
          "Type the rest statement by statement: nothing here waits for leases or copies.",
          "Table by table: go on with the next only when all copies of this one are STARTED.",
          "First see that it may begin. The cluster is id '%s':"
              .formatted(analysis.cluster().id()));
      statement(Statement.read("SELECT id, name FROM sys.cluster"));
      comment("Every table is GREEN, and no shard is missing:");
      statement(PreflightSql.health());
      comment("No snapshot is being taken:");
      statement(PreflightSql.snapshots());
      comment(
          "Save the rebalancing setting (it is '" + rebalance + "' now), then stop rebalancing:");
      comment("without it CrateDB may move the only copy while the replicas are gone.");
      statement(Sql.rebalance());
      statement(Sql.setRebalance("none"));
      tables.forEach(this::table);
      sql.append('\n');
      comment("Put rebalancing back to what it was.");
      statement(Sql.setRebalance(rebalance));
    }
    analysis.refused().forEach(finding -> notDone("Refused", finding));
    analysis.findings().stream()
        .filter(finding -> finding.verdict().action() == Action.SKIP)
        .forEach(finding -> notDone("Left alone", finding));
    return sql.toString();
  }

  private void table(Finding finding) {
    sql.append('\n');
    if (!Printable.isLine(finding.table().sqlTarget())) {
      comment(
          finding.table() + ": SQL can't spell this name, its identifiers know no escapes. Type:",
          "  xmover reset " + finding.table().argument());
      return;
    }
    ReplicaSetting original = finding.relation().replicas().orElseThrow();
    comment(
        "%s: number_of_replicas is '%s', %s"
            .formatted(finding.table(), original, finding.verdict().reason()));
    comment("1. Rebuild the problematic copies one by one. Where that cures it, stop here.");
    finding.shards().forEach(this::rebuild);
    comment("2. Drop the replicas. From here on until 4. there is one copy of the data.");
    statement(Sql.setReplicas(finding.table(), ReplicaSetting.ZERO));
    comment(
        "3. Ask for a lease sync (CrateDB 5.10 and later), then repeat the query until every row"
            + " is",
        "   STARTED with exactly one 'peer recovery' lease. Other leases stay and do not count.");
    statement(Sql.syncLeases(finding.table()));
    statement(Sql.leases(finding.table()));
    comment("4. Restore the original setting.");
    statement(Sql.setReplicas(finding.table(), original));
  }

  private void rebuild(ShardCopy shard) {
    if (Printable.isLine(shard.node())) {
      statement(Sql.cancelReplica(shard.table(), shard.id(), shard.node()));
    } else {
      comment(
          "   Not shard %s on %s: SQL can't spell this node".formatted(shard.id(), shard.node()));
    }
  }

  private void notDone(String what, Finding finding) {
    comment(what + ": " + finding.table() + ": " + finding.verdict().reason());
  }

  /** A name may hold a line break, and what follows it must not become a statement. */
  private void comment(String... lines) {
    for (String line : lines) {
      sql.append("-- ").append(Printable.line(line)).append('\n');
    }
  }

  private void statement(Statement statement) {
    sql.append(statement.text()).append(";\n");
  }
}
