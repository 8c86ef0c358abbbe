package cratesim;

import cratesim.sql.Errors;
import cratesim.sql.RowTable;
import cratesim.sql.Session;
import cratesim.sql.Statement;
import java.util.List;

/** {@code REFRESH TABLE}, and what changes rows. */
final class DataStatements {
  private final ClusterModel cluster;
  private final Access access;
  private final Targets targets;

  DataStatements(ClusterModel cluster, Access access, Targets targets) {
    this.cluster = cluster;
    this.access = access;
    this.targets = targets;
  }

  /** Answers how many tables were refreshed. */
  long refresh(String user, Statement.Refresh refresh) throws SqlError {
    for (Statement.Target target : refresh.targets()) {
      access.requireRead(user, target.schema(), target.table());
      SimTable table = targets.existing(target);
      table.rows().refresh(cluster.now());
      table.refresh();
    }
    return refresh.targets().size();
  }

  Statement.Change.Plan plan(Statement.Change change, Session session) throws SqlError {
    Statement.Target target = change.target();
    access.requireChange(session.user(), target.schema(), target.table());
    SimTable table = targets.existing(target);
    if (table.isPartitioned()) {
      throw Errors.unsupported("The simulated cluster stores no rows in partitioned tables");
    }
    RowTable rows = table.rows();
    rows.tell(new Told(table.partitions().get(0).shards()));
    return change.plan(session, rows);
  }

  /** Brings each row to the shard its key belongs to. */
  private final class Told implements RowTable.Writes {
    private final List<SimShard> shards;

    Told(List<SimShard> shards) {
      this.shards = shards;
    }

    private SimShard of(List<Object> key) {
      return shards.get(Math.floorMod(key.hashCode(), shards.size()));
    }

    @Override
    public void done(List<Object> key, long bytes, int more) {
      of(key).write(bytes, more, cluster.now());
    }

    @Override
    public void refused(List<Object> key) {
      of(key).refuse(cluster.now());
    }
  }
}
