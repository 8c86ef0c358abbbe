package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.StatementLog.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a cluster is asked for each copy that is moved. */
class StatementsOfAMoveTest {
  private static final int PER_COPY = 8;
  private static final Duration LOOK = Duration.ofSeconds(5);

  @TempDir private Path folder;

  // The second copy is old enough for the gates to be asked anew.
  @ParameterizedTest
  @CsvSource({"0.1, 4", "35, 2"})
  void they_are_eight_at_most_besides_a_look_every_five_seconds(double recovery, int shards)
      throws Exception {
    String table =
        """
        {"name": "doc.t", "shards": %s, "replicas": "1", "size": "3gb", "sick": {"translog": "2gb"}}
        """
            .formatted(shards);
    try (var crate = new WiredCluster(folder, "\"recovery\": %s,".formatted(recovery), table)) {
      var outcome = crate.run("--autoexec", "--remedy", "move");
      assertEquals(0, outcome.exitCode(), outcome.toString());
      List<Arrival> all = crate.log.arrivals().stream().filter(a -> !isOfTheWatch(a)).toList();
      int[] moves =
          IntStream.range(0, all.size())
              .filter(i -> all.get(i).text().contains("REROUTE MOVE SHARD"))
              .toArray();
      assertEquals(shards, moves.length);
      for (int i = 1; i < moves.length; i++) {
        List<Arrival> one = all.subList(moves[i - 1], moves[i]);
        Duration took = Duration.between(one.get(0).time(), all.get(moves[i]).time());
        long looks = took.dividedBy(LOOK) + 1;
        assertTrue(one.size() <= PER_COPY + looks, took + " " + String.join("\n", sql(one)));
      }
    }
  }

  /** Once a second whatever the run does. */
  private static boolean isOfTheWatch(Arrival arrival) {
    return arrival.text().contains("sys.cluster_health");
  }

  private static List<String> sql(List<Arrival> arrivals) {
    return arrivals.stream().map(Arrival::text).toList();
  }
}
