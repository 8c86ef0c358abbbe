package cratesim;

import cratesim.model.Operations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Three nodes, a, b and c, and one sick table of one shard: the primary on a, a replica on b. */
final class SickScenario {
  static final String FLUSH = "OPTIMIZE TABLE big WITH (flush = true, max_num_segments = 100)";
  static final String MOVE = "ALTER TABLE big REROUTE MOVE SHARD 0 FROM 'b' TO 'c'";
  static final String CANCEL = "ALTER TABLE big REROUTE CANCEL SHARD 0 ON 'b'";

  final SettableClock clock = new SettableClock();
  final SimulatedCluster cluster;
  final SimulatedCopies crate;

  /**
   * The same figures as in the recordings of one gigabyte, with more keys for table and cluster.
   */
  SickScenario(Path folder, String table, String scenario) {
    this(folder, table, scenario, "1");
  }

  SickScenario(Path folder, String table, String scenario, String replicas) {
    var written = new WrittenScenario(folder, clock);
    cluster =
        new SimulatedCluster(
            written.load(
                "\"tables\": [{\"name\": \"doc.big\", \"shards\": 1, \"replicas\": \""
                    + replicas
                    + "\", \"size\": \"1gb\", \"documents\": 87701"
                    + table
                    + "}]"
                    + scenario),
            clock);
    crate = new SimulatedCopies(cluster);
  }

  /** Uncommitted bytes of 57,601 operations. */
  static String sick(String more) {
    return ", \"sick\": {\"translog\": \"" + (57_601 * Operations.BYTES + 55) + "\"" + more + "}";
  }

  List<SickRow> rows() {
    return SickRow.of(cluster, "big");
  }

  /** Where the copies are, the primary first; null for one without a place. */
  List<Object> nodes() {
    return crate.column(
        "SELECT node['name'] FROM sys.shards WHERE table_name = 'big'"
            + " ORDER BY \"primary\" DESC, node['name']");
  }

  List<Object> states() {
    return crate.states("big");
  }

  Object health() {
    return crate.cell("SELECT health FROM sys.health WHERE table_name = 'big'");
  }

  List<Object> uncommitted() {
    return crate.column(
        "SELECT translog_stats['uncommitted_size'] FROM sys.shards WHERE table_name = 'big'"
            + " ORDER BY \"primary\" DESC");
  }

  void pass(double seconds) {
    clock.pass(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
