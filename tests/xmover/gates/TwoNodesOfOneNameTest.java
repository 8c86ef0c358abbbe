package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.reset.GateVerdict;

/**
 * CrateDB lets two nodes have one name. The gate of the disk then told of a Duplicate key and asked
 * to report a bug, and nobody learned what to do.
 */
class TwoNodesOfOneNameTest {
  private record TwiceTold(Cluster cluster) implements Cluster {
    @Override
    public Future<List<Row>> execute(Statement statement) {
      Future<List<Row>> answer = cluster.execute(statement);
      return statement.text().contains("disk_size")
          ? answer.map(rows -> Stream.concat(rows.stream(), rows.stream().limit(1)).toList())
          : answer;
    }

    @Override
    public Future<Void> close() {
      return cluster.close();
    }
  }

  @Test
  void the_gates_that_reckon_with_nodes_say_so_and_what_to_do() {
    var bench = new GateBench("", "");
    bench.between = TwiceTold::new;
    List<String> disk =
        bench.asked(IgnoredGates.NONE, Duration.ofSeconds(3)).stream()
            .map(GateVerdict::toString)
            .filter(said -> said.startsWith("disk"))
            .toList();
    assertEquals(1, disk.size());
    assertTrue(disk.get(0).contains("two nodes are named 'a'"), disk.get(0));
  }
}
