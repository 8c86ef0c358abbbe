package xmover.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.DirectCluster;
import xmover.detect.Analysis;
import xmover.detect.Detection;
import xmover.detect.NoSuchTable;
import xmover.detect.Readiness;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.detect.Visibility;
import xmover.environment.SteppedTimers;
import xmover.json.AnalysisCsv;
import xmover.json.AnalysisJson;
import xmover.table.TableRef;

/** Whatever rows detection gets, it answers with what they tell, or fails in a sentence. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpoiledCatalogueTest {
  private static final Scenario SCENARIO = scenario();

  private static Scenario scenario() {
    try {
      return JsonMapper.builder()
          .build()
          .readValue(
              """
              {"version": "6.3.7", "seed": 5, "nodes": ["a", "b", "c"], "tables": [
                {"name": "doc.t", "shards": 3, "replicas": "1", "stuck_translog": "3gb"},
                {"name": "doc.p", "shards": 2, "replicas": "0-all", "partitioned_by": ["month"],
                 "partitions": [{"values": [1704067200000]}, {"values": [null]}],
                 "stuck_translog": "1gb"},
                {"name": "doc.u", "shards": 1, "replicas": "4", "size": "1gb"}]}
              """,
              Scenario.class);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static void answers(int tries, Function<Look, Future<?>> reading) {
    Tries.of(
        tries,
        random -> {
          var timers = new SteppedTimers();
          var sound = new DirectCluster(new SimulatedCluster(SCENARIO, timers), "crate", timers);
          var spoiled = new SpoiledRows(sound, random, random.nextInt(3));
          Object answer =
              timers.run(
                  reading
                      .apply(new Look(spoiled, new Detection(spoiled, timers)))
                      .<Object>mapEmpty()
                      .otherwise(failure -> failure));
          if (answer instanceof Throwable failure) {
            isSentence(failure);
          }
        });
  }

  private record Look(Cluster cluster, Detection detection) {}

  private static void isSentence(Throwable failure) {
    if (!(failure instanceof ClusterFailure) && !(failure instanceof NoSuchTable)) {
      throw new AssertionError(failure);
    }
    assertTrue(failure.getMessage().length() > 10, failure.toString());
  }

  @Test
  void an_analysis_is_made_of_any_rows_and_printed() {
    answers(
        20,
        look ->
            look.detection()
                .analyse(Thresholds.DEFAULT, TableFilter.ALL)
                .compose(look.detection()::traced)
                .onSuccess(SpoiledCatalogueTest::printed));
  }

  private static void printed(Analysis analysis) {
    assertTrue(AnalysisJson.of(analysis).toString().startsWith("{"));
    assertTrue(AnalysisCsv.of(analysis).contains("table"));
    analysis.findings().forEach(finding -> assertFalse(finding.toString().isEmpty()));
  }

  @Test
  void states_and_copies_are_read_from_any_rows() {
    List<TableRef> two = List.of(TableRef.of("doc", "t"), TableRef.of("doc", "u"));
    answers(
        20,
        look ->
            look.detection()
                .states()
                .compose(states -> look.detection().watched(two))
                .compose(copies -> look.detection().watched(two.subList(1, 2)))
                .compose(copies -> look.detection().givenUp(two.get(0))));
  }

  @Test
  void whether_the_cluster_is_ready_and_what_is_visible_is_read_from_any_rows() {
    answers(
        20,
        look -> Readiness.require(look.cluster()).compose(ready -> Visibility.of(look.cluster())));
  }
}
