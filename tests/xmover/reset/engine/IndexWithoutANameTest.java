package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.reset.machine.Subject;
import xmover.table.IndexUuid;
import xmover.table.TableIdentity;

/**
 * The shards of a table that is gone from its name were told without a name. What the operator read
 * was "java.lang.NullPointerException".
 */
class IndexWithoutANameTest {
  /** A cluster that has nobody of the table's name, and its shards under none. */
  private record Nameless(Cluster cluster, String clusterId, String uuid) implements Cluster {
    @Override
    public Future<List<Row>> execute(Statement statement) {
      if (statement.text().contains("FROM information_schema")) {
        return Future.succeededFuture(List.of());
      }
      return Future.succeededFuture(
          List.of(Map.<String, Object>of("index_uuid", uuid, "cluster_id", clusterId)::get));
    }

    @Override
    public Future<Void> close() {
      return cluster.close();
    }
  }

  @Test
  void what_has_no_name_is_neither_gone_nor_found() {
    var bench = ResetBench.oneTable("1");
    String uuid = "2ynQ0y58Rz-Co2PojY4Feg";
    var identity = new TableIdentity(bench.self().id(), new IndexUuid(uuid));
    var catalogue =
        new ReplicaCatalogue(
            new Nameless(bench.link, bench.self().id(), uuid), bench.timers, bench.self());

    TableLookup sighting =
        bench.timers.run(catalogue.look(Subject.of(ResetBench.T).known(Optional.of(identity))));

    assertEquals(
        new TableLookup.Unknown("its index is there, and its shards do not tell its name"),
        sighting);
  }
}
