package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cli.TypedSql;
import xmover.cluster.Cluster;
import xmover.cluster.Statement;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.Sql;
import xmover.detect.Analysis;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.print.SqlByHand;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;
import xmover.table.Verdict.Action;

/** Tables of a real CrateDB made problematic are found, and the SQL by hand heals them. */
@NeedsCrateDb
class RealDetectionTest {
  private static final int ROWS = 300;
  private static final Thresholds SMALL = new Thresholds(new Bytes(100_000), 200);
  private static final String REASON = "worst replica at \\d+ % of its flush threshold 100\\.0 KB";

  // Just after a load a copy may not know yet that the others have everything too.
  private static final Set<Diagnosis.Kind> COMPLETE =
      EnumSet.of(Diagnosis.Kind.FLUSHES_BY_ITSELF, Diagnosis.Kind.LAGGING_COPY);

  private static OwnTables tables;
  private Map<String, String> original;

  @BeforeAll
  static void create() {
    tables = new OwnTables();
    assumeTrue(tables.cluster.nodes() > 1, "replicas need a second node");
    tables.create();
    List<String> settings = List.of("0-1", "1", "0-all", "1-all", "1-1");
    int turn = 0;
    for (TableRef target : tables.targets()) {
      var setting = new ReplicaSetting(settings.get(turn++ % settings.size()));
      tables.cluster.execute(Sql.setReplicas(target, setting).text());
    }
    tables.settle();
  }

  @AfterAll
  static void drop() {
    tables.close();
  }

  /** Loads under the default threshold and lowers it: the translog stays until a flush comes by. */
  private Analysis problematic(Cluster cluster) {
    original = tables.replicas();
    long expected = tables.targets().stream().filter(target -> !target.isBlob()).count();
    Analysis[] analysis = new Analysis[1];
    tables.cluster.await(
        "every table problematic at once",
        () -> {
          tables.flushThreshold("512mb");
          tables.load(ROWS);
          tables.flushThreshold("100kb");
          var filter = new TableFilter(List.of(tables.schema), List.of(), List.of());
          analysis[0] = RealCluster.get(new Detection(cluster).analyse(SMALL, filter));
          return analysis[0].findings().size() == expected;
        });
    return analysis[0];
  }

  @ParameterizedTest
  @EnumSource
  void every_table_and_partition_is_found_with_its_values_setting_action_and_reason(
      Transport transport) {
    Cluster cluster = tables.cluster.open(tables.cluster.settings(transport));
    var found = new TreeMap<String, String>();
    for (Finding finding : problematic(cluster).findings()) {
      assertEquals(Action.RESET, finding.verdict().action(), finding.toString());
      assertTrue(finding.verdict().reason().matches(REASON), finding.verdict().reason());
      assertTrue(finding.totals().problematicReplicas() > 0, finding.toString());
      assertEquals(
          finding.shards().size(), finding.totals().problematicReplicas(), finding.toString());
      assertTrue(
          COMPLETE.containsAll(finding.diagnoses().stream().map(Diagnosis::kind).toList()),
          finding.toString());
      found.put(described(finding.table()), finding.relation().replicas().orElseThrow().text());
    }
    var expected = new TreeMap<String, String>();
    for (TableRef target : tables.targets()) {
      if (!target.isBlob()) {
        expected.put(
            described(target), original.get(target.name() + "|" + target.partitionIdent()));
      }
    }
    assertEquals(expected, found);
    RealCluster.get(cluster.close());
  }

  /** Columns of a partition come in any order. */
  private static String described(TableRef table) {
    var values = new TreeMap<String, String>();
    table.partition().ifPresent(p -> p.values().forEach((k, v) -> values.put(k, "" + v)));
    return table.name() + " " + table.partitionIdent() + " " + values;
  }

  @ParameterizedTest
  @EnumSource
  void the_sql_by_hand_is_accepted_in_order_and_everything_is_as_it_was(Transport transport) {
    Cluster cluster = tables.cluster.open(tables.cluster.settings(transport));
    Analysis analysis = problematic(cluster);
    String rebalance = analysis.cluster().rebalance();
    try {
      for (String statement : TypedSql.statements(SqlByHand.of(analysis))) {
        RealCluster.get(cluster.execute(Statement.write(statement)));
      }
    } finally {
      tables.cluster.execute(Sql.setRebalance(rebalance).text());
    }
    assertEquals(original, tables.replicas());
    tables.settle();
    var filter = new TableFilter(List.of(tables.schema), List.of(), List.of());
    var after = RealCluster.get(new Detection(cluster).analyse(SMALL, filter));
    assertEquals(List.of(), after.findings());
    RealCluster.get(cluster.close());
  }
}
