package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.Sql;
import xmover.table.TableRef;

/**
 * On a real CrateDB {@code num_docs} is of the last refresh: a table that refreshes itself never
 * shows nothing of what was written, until a flush, which the proof of cure counts on.
 */
@NeedsCrateDb
class RealDocumentCountsTest {
  @Test
  void a_flush_lets_every_copy_show_all_its_documents() {
    try (var real = new RealCluster()) {
      var table = TableRef.of("doc", "xmover_test_" + UUID.randomUUID().toString().substring(0, 8));
      real.create(
          "CREATE TABLE %s (id INT PRIMARY KEY) CLUSTERED INTO 1 SHARDS WITH (number_of_replicas = '0-1', refresh_interval = 0)"
              .formatted(table.sqlName()),
          "DROP TABLE IF EXISTS " + table.sqlName());
      Cluster cluster = real.open(real.settings(Transport.HTTP));
      real.await("every copy STARTED", () -> started(cluster, table));
      real.execute(
          "INSERT INTO %s (id) SELECT a FROM generate_series(1, 50) t(a)"
              .formatted(table.sqlName()));
      assertEquals(List.of(0L), documents(cluster, table));
      RealCluster.get(cluster.execute(Sql.flush(table)));
      assertEquals(List.of(50L), documents(cluster, table));
      assertTrue(RealCluster.get(cluster.execute(Sql.unassigned(table))).isEmpty());
    }
  }

  /** On two nodes or more there are two copies, and one without a node shows no documents. */
  private static boolean started(Cluster cluster, TableRef table) {
    return RealCluster.get(cluster.execute(Sql.copies(table))).stream()
        .allMatch(row -> String.valueOf(row.text("routing_state")).equals("STARTED"));
  }

  private static List<Long> documents(Cluster cluster, TableRef table) {
    return RealCluster.get(cluster.execute(Sql.copies(table))).stream()
        .map(row -> row.number("num_docs"))
        .distinct()
        .toList();
  }
}
