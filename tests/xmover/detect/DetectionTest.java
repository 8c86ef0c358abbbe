package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;

class DetectionTest {
  private static final Thresholds THRESHOLDS = new Thresholds(new Bytes(500), 200);

  @Test
  void at_most_four_statements_are_sent_however_many_tables_there_are() {
    var cluster = Rows.cluster(true, THRESHOLDS, List.of(), List.of(), List.of());
    analyse(cluster, TableFilter.ALL);
    assertEquals(4, cluster.asked().size());
  }

  @Test
  void each_partition_is_judged_by_its_own_settings() {
    Map<String, Object> large =
        Rows.partition("c", "data", "p2", new JsonObject().put("month", 2L), "1-all");
    large.put("flush_threshold", 100_000L);
    var found =
        analyse(
            Rows.cluster(
                true,
                THRESHOLDS,
                List.of(
                    Rows.table("c", "data", "0"),
                    Rows.partition(
                        "c",
                        "data",
                        "p1",
                        new JsonObject().put("month", 1704067200000L).putNull("region"),
                        "0-1"),
                    large),
                List.of(
                    Rows.totals("c", "data", "p1", 9_000L), Rows.totals("c", "data", "p2", 9_000L)),
                List.of(
                    Rows.replica("c", "data", "p1", 9_000L),
                    Rows.replica("c", "data", "p2", 9_000L))),
            TableFilter.ALL);

    assertEquals(
        List.of("c.data[month=1704067200000,region=NULL]"),
        found.toReset().stream().map(f -> f.table().toString()).toList());
    Finding reset = found.toReset().get(0);
    assertEquals("0-1", reset.relation().replicas().orElseThrow().text());
    assertEquals(900.0, reset.percentOfThreshold().orElseThrow());
    assertEquals(List.of("data-hot-2"), reset.nodes());
    assertEquals(1, found.hidden().visibleTables());
  }

  @Test
  void findings_come_worst_first_and_what_is_skipped_last() {
    var found =
        analyse(
            Rows.cluster(
                true,
                THRESHOLDS,
                List.of(
                    Rows.table("doc", "bad", "1"),
                    Rows.table("doc", "worse", "1"),
                    Rows.table("doc", "mild", "1")),
                List.of(
                    Rows.totals("doc", "mild", "", 1_000L),
                    Rows.totals("doc", "bad", "", 3_000L),
                    Rows.totals("doc", "worse", "", 4_000L)),
                List.of()),
            TableFilter.ALL);
    assertEquals(
        List.of("doc.worse", "doc.bad", "doc.mild"),
        found.findings().stream().map(f -> f.table().toString()).toList());
  }

  @Test
  void every_problematic_copy_is_diagnosed_and_a_partition_is_as_old_as_its_table() {
    Map<String, Object> old = Rows.table("c", "data", "1");
    old.put("created_version", "5.4.0");
    Map<String, Object> silent = Rows.replica("c", "data", "p1", 9_000L);
    silent.put("id", 2);
    silent.put("local_checkpoint", null);
    var cluster =
        Rows.cluster(
            true,
            THRESHOLDS,
            List.of(old, Rows.partition("c", "data", "p1", new JsonObject().put("month", 1L), "1")),
            List.of(Rows.totals("c", "data", "p1", 9_000L)),
            List.of(Rows.replica("c", "data", "p1", 9_000L), silent));
    Rows.running(cluster, "6.1.0");
    List<Diagnosis> found = analyse(cluster, TableFilter.ALL).findings().get(0).diagnoses();
    assertEquals(
        List.of(Diagnosis.Kind.HOLE, Diagnosis.Kind.UNKNOWN),
        found.stream().map(Diagnosis::kind).toList());
    assertEquals("6.1.1", found.get(0).fixedIn().orElseThrow());
  }

  @Test
  void unassigned_shards_without_statistics_are_counted_not_judged() {
    var found =
        analyse(
            Rows.cluster(
                true,
                THRESHOLDS,
                List.of(Rows.table("doc", "t", "1")),
                List.of(Rows.totals("doc", "t", "", null)),
                List.of()),
            TableFilter.ALL);
    assertTrue(found.findings().isEmpty());
    assertEquals(2, found.hidden().unreportedCopies());
    assertTrue(found.hidden().note("crate").isPresent());
  }

  @Test
  void a_user_who_is_no_superuser_is_told_what_was_not_seen() {
    var found =
        analyse(
            Rows.cluster(
                false,
                THRESHOLDS,
                List.of(Rows.table("doc", "t", "1")),
                List.of(Rows.totals("doc", "t", "", 100L)),
                List.of()),
            TableFilter.ALL);
    assertFalse(found.hidden().everyTableVisible());
    assertTrue(found.hidden().note("eve").isPresent());
  }

  @Test
  void a_setting_nobody_knows_is_shown_and_left_alone() {
    var found =
        analyse(
            Rows.cluster(
                true,
                THRESHOLDS,
                List.of(Rows.table("doc", "t", "some-new-form")),
                List.of(Rows.totals("doc", "t", "", 9_000L)),
                List.of()),
            TableFilter.ALL);
    assertEquals("its number_of_replicas is unknown", found.findings().get(0).verdict().reason());
  }

  @Test
  void a_table_that_matches_nothing_stops_before_shards_are_read() {
    var cluster =
        Rows.cluster(true, THRESHOLDS, List.of(Rows.table("doc", "t", "1")), List.of(), List.of());
    var result =
        new Detection(cluster)
            .analyse(THRESHOLDS, new TableFilter(List.of(), List.of("doc.typo"), List.of()));
    assertInstanceOf(NoSuchTable.class, result.cause());
    assertTrue(result.cause().getMessage().contains("'doc.typo'"));
    assertEquals(2, cluster.asked().size());
  }

  private static Analysis analyse(Cluster cluster, TableFilter filter) {
    return new Detection(cluster).analyse(THRESHOLDS, filter).result();
  }
}
