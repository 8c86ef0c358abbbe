package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.DirectCluster;
import xmover.environment.SteppedTimers;

/** "Nothing to reset" was said of a cluster that had just restarted and showed no table yet. */
class RestartedClusterIsNotEmptyTest {
  private final SteppedTimers timers = new SteppedTimers();

  @ParameterizedTest
  @ValueSource(strings = {"6.3.7", "5.10.16"})
  void no_look_at_it_takes_it_for_empty(String version) throws Exception {
    SimulatedCluster crate =
        crate(version, "{\"name\": \"doc.t\", \"shards\": 2, \"replicas\": \"1\"}");
    Cluster cluster = new DirectCluster(crate, "crate", timers);
    // Before 6.0 what tells is that not all of its nodes are there.
    crate.kill("c");
    crate.restart(Duration.ofMinutes(2));
    List<Future<?>> looks =
        List.of(
            new Detection(cluster).analyse(Thresholds.DEFAULT, TableFilter.ALL),
            new Detection(cluster).named(new NamedTables(List.of("doc.t")), true),
            new Detection(cluster).states(),
            Visibility.of(cluster));
    timers.advance(Duration.ofSeconds(1));
    for (Future<?> look : looks) {
      var failure = assertInstanceOf(ClusterFailure.class, look.cause());
      assertEquals(ClusterFailure.Kind.NOT_READY, failure.kind());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.3.7", "5.10.16"})
  void a_cluster_without_tables_is_one(String version) throws Exception {
    Cluster cluster = new DirectCluster(crate(version, ""), "crate", timers);
    assertTrue(
        timers
            .run(new Detection(cluster).analyse(Thresholds.DEFAULT, TableFilter.ALL))
            .findings()
            .isEmpty());
  }

  private SimulatedCluster crate(String version, String tables) throws Exception {
    Scenario scenario =
        JsonMapper.builder()
            .build()
            .readValue(
                "{\"version\": \"%s\", \"seed\": 5, \"settings\": {\"gateway.expected_data_nodes\": 3}, \"nodes\": [\"a\", \"b\", \"c\"], \"tables\": [%s]}"
                    .formatted(version, tables),
                Scenario.class);
    return new SimulatedCluster(scenario, timers);
  }
}
