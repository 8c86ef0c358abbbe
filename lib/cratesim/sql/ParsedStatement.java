package cratesim.sql;

import cratesim.model.SqlError;
import java.util.List;
import java.util.Map;

/** A parsed statement, one of those the simulated cluster understands. */
public sealed interface ParsedStatement {
  /** A SELECT. */
  final class Read implements ParsedStatement {
    private final Select select;

    Read(Select select) {
      this.select = select;
    }

    /** Resolves names and types; nothing is computed yet but sub-queries. */
    public Query plan(Session session) throws SqlError {
      return Query.plan(select, session);
    }
  }

  /**
   * A table, or one partition of it.
   *
   * @param schema the default schema where none was given
   * @param partition value by column, empty without a PARTITION clause
   */
  record Target(String schema, String table, Map<String, Object> partition) {
    public String fullName() {
      return schema + "." + table;
    }
  }

  /**
   * {@code ALTER TABLE … SET (…)} or {@code RESET (…)}.
   *
   * @param only change the default for new partitions, none of the existing ones
   */
  public record AlterTable(
      Target target, boolean only, Map<String, Object> settings, List<String> resets)
      implements ParsedStatement {}

  /** {@code ALTER TABLE … REROUTE CANCEL SHARD … ON …}. */
  record CancelShard(Target target, int shard, String node, boolean allowPrimary)
      implements ParsedStatement {}

  /** {@code ALTER TABLE … REROUTE MOVE SHARD … FROM … TO …}. */
  record MoveShard(Target target, int shard, String from, String to) implements ParsedStatement {}

  /** {@code ALTER CLUSTER REROUTE RETRY FAILED}. */
  record RetryFailed() implements ParsedStatement {}

  /** {@code OPTIMIZE TABLE … WITH (…)}. */
  record Optimize(List<Target> targets, Map<String, Object> options) implements ParsedStatement {}

  /** A statement that says which tables there are, and what they look like. */
  sealed interface Definition extends ParsedStatement {
    Target target();

    /** The PostgreSQL command tag's verb. */
    default String tag() {
      return "ALTER";
    }
  }

  /** {@code CREATE TABLE}, of columns without constraints but a primary key. */
  record CreateTable(
      Target target,
      boolean ifNotExists,
      List<RowTable.Column> columns,
      List<String> primaryKey,
      int shards,
      Map<String, Object> settings)
      implements Definition {
    @Override
    public String tag() {
      return "CREATE";
    }
  }

  /** {@code DROP TABLE}. */
  record DropTable(Target target, boolean ifExists) implements Definition {
    @Override
    public String tag() {
      return "DROP";
    }
  }

  /** {@code ALTER TABLE … RENAME TO}; the schema stays. */
  record RenameTable(Target target, String newName) implements Definition {}

  /**
   * {@code ALTER CLUSTER SWAP TABLE … TO}.
   *
   * @param dropSource drop what bears the name of {@code target} afterwards
   */
  record SwapTables(Target target, Target other, boolean dropSource) implements Definition {}

  /** {@code ALTER TABLE … CLOSE}, or {@code OPEN} where it is not to be shut. */
  record CloseTable(Target target, boolean shut) implements Definition {}

  /** {@code ALTER TABLE … ADD COLUMN}. */
  record AddColumns(Target target, List<RowTable.Column> columns) implements Definition {}

  /** {@code REFRESH TABLE}. */
  record Refresh(List<Target> targets) implements ParsedStatement {}

  /** A statement that changes rows of one table. */
  sealed interface Change extends ParsedStatement
      permits Insert, RowChange.Update, RowChange.Delete {
    Target target();

    /** The PostgreSQL command tag's verb. */
    String tag();

    /** Resolves names and types; nothing is changed yet. */
    Plan plan(Session session, RowTable table) throws SqlError;

    /** What remains to be done. */
    interface Plan {
      /** Changes the rows and answers how many. */
      long execute() throws SqlError;
    }
  }

  /** {@code SET GLOBAL}. */
  record SetGlobal(boolean persistent, Map<String, Object> settings) implements ParsedStatement {}

  /** {@code RESET GLOBAL}. */
  record ResetGlobal(List<String> settings) implements ParsedStatement {}

  /** A statement that is accepted and changes nothing here: BEGIN, COMMIT, SET SESSION. */
  record Accepted(String tag) implements ParsedStatement {}
}
