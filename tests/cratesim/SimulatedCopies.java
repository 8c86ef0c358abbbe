package cratesim;

import cratesim.model.SqlError;
import java.util.List;

/** Looks at a simulated cluster through SQL, as a client does. */
public record SimulatedCopies(SimulatedCluster cluster) {
  public List<List<Object>> rows(String sql, Object... parameters) {
    return as("crate", sql, parameters);
  }

  List<List<Object>> as(String user, String sql, Object... parameters) {
    try {
      return cluster.execute(user, sql, List.of(parameters)).rows();
    } catch (SqlError e) {
      throw new AssertionError(sql, e);
    }
  }

  public Object cell(String sql, Object... parameters) {
    return rows(sql, parameters).get(0).get(0);
  }

  void run(String sql) {
    rows(sql);
  }

  SqlError refused(String user, String sql) {
    try {
      cluster.execute(user, sql, List.of());
    } catch (SqlError e) {
      return e;
    }
    throw new AssertionError("not refused: " + sql);
  }

  SqlError refused(String sql) {
    return refused("crate", sql);
  }

  /** Peer recovery leases on the primaries of a table, in the order of its shards. */
  List<Object> leases(String table) {
    return column(
        "SELECT array_length(retention_leases['leases'], 1) FROM sys.shards"
            + " WHERE table_name = $1 AND \"primary\" ORDER BY partition_ident, id",
        table);
  }

  List<Object> states(String table) {
    return column(
        "SELECT routing_state FROM sys.shards WHERE table_name = $1 ORDER BY id, \"primary\" DESC",
        table);
  }

  public List<Object> column(String sql, Object... parameters) {
    return rows(sql, parameters).stream().map(row -> row.get(0)).toList();
  }
}
