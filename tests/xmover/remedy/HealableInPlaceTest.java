package xmover.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.DirectCluster;
import xmover.cluster.FaultyCluster;
import xmover.environment.SteppedTimers;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.SentStatements;
import xmover.gates.view.TableReader;
import xmover.table.TableRef;

/**
 * How many tables need no window is found out in a few statements, however many copies they have.
 */
class HealableInPlaceTest {
  private final SteppedTimers timers = new SteppedTimers();

  private FaultyCluster cluster(String tables) throws JsonProcessingException {
    String scenario =
        "{\"version\": \"6.3.7\", \"seed\": 5, \"nodes\": [\"a\", \"b\", \"c\"], \"tables\": [%s]}";
    var crate =
        new SimulatedCluster(
            JsonMapper.builder().build().readValue(scenario.formatted(tables), Scenario.class),
            timers);
    return new FaultyCluster(new DirectCluster(crate, "crate", timers), timers);
  }

  private static String table(String name, int shards, String more) {
    return """
    {"name": "doc.%s", "shards": %d, "replicas": "1", "size": "3gb",
     "sick": {"translog": "2gb"}%s}
    """
        .formatted(name, shards, more);
  }

  private long count(FaultyCluster link, String... names) {
    var targets =
        new MoveTargets(
            new ClusterReader(link, timers, List.of("6.3.7")),
            new TableReader(link, timers, timers.now(), new SentStatements()));
    List<TableRef> tables = List.of(names).stream().map(n -> TableRef.of("doc", n)).toList();
    return timers.run(new HealableInPlace(link, timers, targets).count(tables));
  }

  private static long asked(FaultyCluster link, String words) {
    return link.sent().stream().filter(sent -> sent.text().contains(words)).count();
  }

  @Test
  void where_copies_may_go_is_asked_once_for_all_tables() throws Exception {
    String pinned = ", \"settings\": {\"routing.allocation.require._name\": \"b\"}";
    var link = cluster(table("t", 2, "") + "," + table("u", 1, pinned) + "," + table("v", 3, ""));
    assertEquals(2, count(link, "t", "u", "v"));
    assertEquals(1, asked(link, "information_schema"));
  }

  @Test
  void a_table_of_thousands_of_copies_is_counted_too() throws Exception {
    var link = cluster(table("t", 2000, "").replace("3gb", "1mb").replace("2gb", "1mb"));
    assertEquals(1, count(link, "t"));
  }

  @Test
  void a_catalogue_that_can_not_be_read_counts_no_table() throws Exception {
    var link = cluster(table("t", 2, ""));
    link.always("information_schema", FaultyCluster.fail(Kind.PRIVILEGE));
    assertEquals(0, count(link, "t"));
  }
}
