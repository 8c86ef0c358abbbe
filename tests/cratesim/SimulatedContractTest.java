package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated cluster answers as a real one did: same columns, types, shapes and errors. */
class SimulatedContractTest {
  private final SettableClock clock = new SettableClock();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allocations",
        "alter-blob-ok",
        "alter-ok",
        "alter-partition-ok",
        "cluster",
        "cluster-health",
        "error-bad-replicas",
        "error-blob-table-without-blob-keyword",
        "error-min-gt-max",
        "error-optimize-unknown-table",
        "error-partition-column-missing",
        "error-read-only-table",
        "error-syntax",
        "error-unknown-column",
        "error-unknown-partition",
        "error-unknown-table",
        "error-wait-for-active-shards",
        "health",
        "leases-one-table",
        "nodes",
        "optimize-lease-sync-ok",
        "optimize-partition-ok",
        "partitions",
        "privileges",
        "shards",
        "snapshots-in-progress",
        "tables"
      })
  void every_recorded_request_is_answered_alike(String name) throws SqlError {
    var old = new SimulatedCluster(Scenario.load("recorded?version=5.10.16"), clock);
    holds(old, RecordedAnswer.load("recorded-5.10/" + name + ".json"));

    var cluster = new SimulatedCluster(Scenario.load("recorded"), clock);
    dropAndRestore(cluster, "pics");
    clock.pass(name.equals("allocations") ? Duration.ofSeconds(1) : Duration.ZERO);
    holds(cluster, RecordedAnswer.load("recorded/" + name + ".json"));
  }

  @Test
  void leases_of_a_logical_replication_show() {
    var publisher = new SimulatedCluster(Scenario.load("replicated"), clock);
    holds(publisher, RecordedAnswer.load("recorded-5.10/leases-with-logical-replication.json"));
  }

  /** The blob table was being restored while the newer answers were recorded. */
  private static void dropAndRestore(SimulatedCluster cluster, String table) throws SqlError {
    for (int replicas = 0; replicas < 2; replicas++) {
      String statement = "ALTER BLOB TABLE %s SET (number_of_replicas = %d)";
      cluster.execute("crate", statement.formatted(table, replicas), List.of());
    }
  }

  private static void holds(SimulatedCluster cluster, RecordedAnswer recorded) {
    int status = 200;
    JsonNode body;
    try {
      body = HttpForm.of(cluster.execute("crate", recorded.statement(), recorded.arguments()));
    } catch (SqlError error) {
      status = error.httpStatus();
      body = HttpForm.of(error);
    }
    assertEquals(List.of(), recorded.differences(status, body), recorded.name());
  }
}
