package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.cluster.connection.Transport;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.table.Bytes;
import xmover.table.SqlText;
import xmover.table.TableRef;

/** A table of a real CrateDB whose replicas miss an operation, as in real life. */
final class SickTable {
  final String name = "xmover_test_" + UUID.randomUUID().toString().substring(0, 8);
  private final RealCluster cluster;
  private final int shards;

  SickTable(RealCluster cluster, int shards) {
    this.cluster = cluster;
    this.shards = shards;
  }

  TableRef ref() {
    return TableRef.of("doc", name);
  }

  /** Creates it, healthy and empty. */
  void create(String replicas) {
    cluster.create(
        """
        CREATE TABLE doc.%s (id INT, v TEXT) CLUSTERED INTO %d SHARDS WITH (
          number_of_replicas = '%s', "soft_deletes.retention_lease.sync_interval" = '1s',
          "translog.flush_threshold_size" = '512mb')\
        """
            .formatted(name, shards, replicas),
        "DROP TABLE IF EXISTS doc." + name);
    settle();
  }

  /** Creates it sick. */
  void createSick(String replicas) {
    create(replicas);
    sicken();
  }

  /** The primary refuses a text that long, and no replica ever hears of it. */
  void sicken() {
    cluster.execute(
        "INSERT INTO doc.%s (SELECT g, repeat('x', 40000) FROM generate_series(1, 50) AS t (g))"
            .formatted(name));
    load();
    assertEquals(count("NOT \"primary\""), holes());
  }

  /** Lets its replicas have more uncommitted than they may. */
  void load() {
    cluster.execute(
        "INSERT INTO doc.%s (SELECT g, repeat('x', 1000) FROM generate_series(1, 1000) AS t (g))"
            .formatted(name));
    cluster.execute(
        "ALTER TABLE doc.%s SET (\"translog.flush_threshold_size\" = '100kb')".formatted(name));
    cluster.await("it is problematic", this::isProblematic);
  }

  /** Lets its copies have some megabytes that can't be compressed: to copy them takes a while. */
  void fill() {
    cluster.execute(
        "INSERT INTO doc.%s (SELECT g, %s FROM generate_series(1, 20000) AS t (g))"
            .formatted(
                name,
                Stream.generate(() -> "gen_random_text_uuid()")
                    .limit(20)
                    .collect(Collectors.joining(" || "))));
  }

  private boolean isProblematic() {
    var small = new Thresholds(new Bytes(100_000), 200);
    var filter = new TableFilter(List.of("doc"), List.of(name), List.of());
    var link = cluster.open(cluster.settings(Transport.HTTP));
    return !RealCluster.get(new Detection(link).analyse(small, filter).eventually(link::close))
        .toReset()
        .isEmpty();
  }

  /** Waits until every copy is STARTED. */
  void settle() {
    cluster.await("all copies STARTED", () -> count("routing_state <> 'STARTED'") == 0);
  }

  /** How many replicas miss an operation. */
  long holes() {
    return count(
        "NOT \"primary\" AND seq_no_stats['local_checkpoint'] < seq_no_stats['max_seq_no']");
  }

  /** How many of its copies are such. */
  long count(String which) {
    return cluster
        .execute(
            "SELECT count(*) AS n FROM sys.shards WHERE schema_name = 'doc' AND table_name = %s AND "
                    .formatted(SqlText.text(name))
                + which)
        .get(0)
        .number("n");
  }

  /** Its number_of_replicas; null where nobody sees the table. */
  String replicas() {
    return cluster
        .execute(
            "SELECT max(number_of_replicas) AS n FROM information_schema.tables WHERE table_name = "
                + SqlText.text(name))
        .get(0)
        .text("n");
  }

  /** All copies are there, none misses anything, and the setting is the one it had. */
  void assertHealed(String replicas) {
    settle();
    assertEquals(0, holes());
    assertEquals(replicas, replicas());
  }
}
