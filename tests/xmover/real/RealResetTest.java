package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.Sql;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.table.Bytes;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** Tables of a real CrateDB made problematic are healed, and every setting is as it was. */
@NeedsCrateDb
class RealResetTest {
  private static final int ROWS = 300;

  @TempDir private static Path home;
  private static OwnTables tables;

  @BeforeAll
  static void create() {
    tables = new OwnTables();
    assumeTrue(tables.cluster.nodes() > 1, "replicas need a second node");
    tables.create();
    List<String> settings = List.of("0-1", "1-all", "1", "0-all");
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

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, auto", "HTTP, auto", "POSTGRESQL, off", "HTTP, off"})
  void autoexec_heals_every_table_and_partition(Transport transport, String leaseSync)
      throws Exception {
    Map<String, String> original = tables.replicas();
    long expected = problematic();
    var outcome =
        RealOperator.types(
            home,
            tables.cluster,
            transport,
            "problematic-translogs --autoexec --log-format json --sizeMB 0.09 --concurrent 4"
                + " --backoff fixed:2s --lease-sync "
                + leaseSync,
            "--schema",
            tables.schema);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    JsonNode ended = outcome.logged().only("run_ended");
    assertEquals(expected, ended.path("succeeded").asLong());
    assertEquals(0, ended.path("failed").asInt());
    assertEquals(original, tables.replicas());
    tables.settle();
    assertEquals(0, found());
  }

  @Test
  void a_blob_table_is_reset_by_name() throws Exception {
    Map<String, String> original = tables.replicas();
    var outcome =
        RealOperator.types(
            home,
            tables.cluster,
            Transport.HTTP,
            "reset --yes --force --log-format json",
            tables.blob.toString());
    assertEquals(0, outcome.exitCode(), outcome.toString());
    outcome.logged().only("replicas_zero");
    assertEquals(original, tables.replicas());
  }

  /** Sick as in real life: what a flush frees may be gone when the run looks. */
  private static long problematic() {
    long expected = tables.targets().stream().filter(target -> !target.isBlob()).count();
    tables.flushThreshold("512mb");
    tables.sicken();
    tables.load(ROWS);
    tables.flushThreshold("100kb");
    tables.cluster.await("every table problematic at once", () -> found() == expected);
    return expected;
  }

  private static long found() {
    var cluster = tables.cluster.open(tables.cluster.settings(Transport.HTTP));
    var small = new Thresholds(new Bytes(100_000), 200);
    var filter = new TableFilter(List.of(tables.schema), List.of(), List.of());
    return RealCluster.get(new Detection(cluster).analyse(small, filter).eventually(cluster::close))
        .toReset()
        .size();
  }
}
