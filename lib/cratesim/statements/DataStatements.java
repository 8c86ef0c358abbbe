package cratesim.statements;

import cratesim.model.ClusterModel;
import cratesim.model.SimShard;
import cratesim.model.SimTable;
import cratesim.model.SqlError;
import cratesim.sql.Errors;
import cratesim.sql.ParsedStatement;
import cratesim.sql.RowTable;
import cratesim.sql.Session;
import java.util.List;

/** {@code REFRESH TABLE}, and what changes rows. */
public final class DataStatements {
  private final ClusterModel cluster;
  private final UserPrivileges access;
  private final Targets targets;

  public DataStatements(ClusterModel cluster, UserPrivileges access, Targets targets) {
    this.cluster = cluster;
    this.access = access;
    this.targets = targets;
  }

  /** Answers how many tables were refreshed. */
  public long refresh(String user, ParsedStatement.Refresh refresh) throws SqlError {
    for (ParsedStatement.Target target : refresh.targets()) {
      access.requireRead(user, target.schema(), target.table());
      SimTable table = targets.existing(target);
      table.rows().refresh(cluster.now());
      table.refresh();
    }
    return refresh.targets().size();
  }

  public ParsedStatement.Change.Plan plan(ParsedStatement.Change change, Session session)
      throws SqlError {
    ParsedStatement.Target target = change.target();
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
