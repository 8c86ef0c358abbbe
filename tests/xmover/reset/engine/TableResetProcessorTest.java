package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.GuardedListener;
import xmover.reset.RunListener;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;

/** One table through its reset while all goes well with the cluster. */
class TableResetProcessorTest {
  private static final String TO_ZERO =
      "ALTER TABLE \"doc\".\"t\" SET (\"number_of_replicas\" = '0')";
  private static final String BACK = "ALTER TABLE \"doc\".\"t\" SET (\"number_of_replicas\" = '1')";
  private static final String SYNC =
      "OPTIMIZE TABLE \"doc\".\"t\" WITH (flush = false, max_num_segments = 10000)";
  private static final String PARTITIONED =
      """
      {"name": "doc.p", "shards": 2, "replicas": "0-1", "partitioned_by": ["region"],
       "partitions": [{"values": ["eu:west {1}"], "replicas": "2"},
                      {"values": [null], "replicas": "1-all"}, {"values": ["us"]}]}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"0-1", "1-all", "2", "1", "0-all"})
  void the_setting_comes_back_verbatim(String replicas) {
    var bench = ResetBench.oneTable(replicas);
    ResetJob job = bench.reset();
    assertEquals(ResetState.COMPLETED, job.state());
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals(replicas, bench.replicas());
    assertEquals(2, bench.link.written().stream().filter(s -> s.startsWith("ALTER")).count());
  }

  @Test
  void it_goes_through_every_state() {
    var bench = ResetBench.oneTable("1");
    bench.reset();
    assertEquals(
        List.of(
            "transition doc.t DETECTED SETTING_REPLICAS_ZERO",
            "transition doc.t SETTING_REPLICAS_ZERO MONITORING_LEASES",
            "transition doc.t MONITORING_LEASES RESTORING_REPLICAS",
            "transition doc.t RESTORING_REPLICAS COMPLETED"),
        bench.told.of("transition"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eu:west {1}", "null", "us"})
  void a_partition_changes_and_nothing_beside_it(String region) {
    var bench = new ResetBench(PARTITIONED);
    String before = settings(bench);
    var table = bench.partition("doc", "p", "region", region);
    var ended = bench.start(table);
    bench.timers.advance(Duration.ofMillis(5));
    bench.link.written().forEach(sql -> assertTrue(sql.contains("PARTITION (\"region\" ="), sql));
    assertEquals(ResetState.COMPLETED, bench.timers.run(ended).state());
    assertEquals(before, settings(bench));
    assertEquals(
        2L,
        bench.link.written().stream().filter(sql -> sql.contains("number_of_replicas")).count());
  }

  @Test
  void while_a_partition_is_at_zero_its_neighbours_and_the_default_are_as_they_were() {
    var bench = new ResetBench(PARTITIONED);
    bench.policy = ResetBench.HANDBOOK;
    String before = settings(bench);
    bench.start(bench.partition("doc", "p", "region", "eu:west {1}"));
    bench.timers.advance(Duration.ofSeconds(1));
    assertEquals(before.replace("[2]", "[0]"), settings(bench));
  }

  private static String settings(ResetBench bench) {
    return bench.rows(
            "SELECT number_of_replicas FROM information_schema.table_partitions"
                + " ORDER BY partition_ident")
        + bench.replicas("p");
  }

  @Test
  void a_table_that_is_at_zero_already_is_not_touched() {
    var bench = ResetBench.oneTable("0");
    assertUntouched(bench, Cause.NOT_TOUCHED);
  }

  @Test
  void a_table_that_is_gone_is_not_touched() {
    var bench = ResetBench.oneTable("1");
    bench.another();
    bench.sql("DROP TABLE doc.t");
    assertUntouched(bench, Cause.TABLE_GONE);
  }

  @Test
  void a_setting_in_an_unknown_form_is_not_touched() {
    var bench = ResetBench.oneTable("1");
    bench.link.once(
        "information_schema.tables",
        execution ->
            execution
                .get()
                .map(
                    rows ->
                        List.of(
                            column ->
                                column.equals("number_of_replicas")
                                    ? "auto-ish"
                                    : rows.get(0).value(column))));
    assertUntouched(bench, Cause.NOT_TOUCHED);
  }

  @Test
  void a_table_whose_setting_cannot_be_read_is_not_touched() {
    var bench = ResetBench.oneTable("1");
    bench.link.always("information_schema", FaultyCluster.fail(Kind.TIMEOUT));
    assertUntouched(bench, Cause.CLUSTER_FAILED);
  }

  private static void assertUntouched(ResetBench bench, Cause cause) {
    ResetJob job = bench.reset();
    assertEquals(cause, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.NOT_NEEDED, job.restore());
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void the_setting_restored_is_the_one_of_the_moment_before_the_alter() {
    var bench = ResetBench.oneTable("1");
    var processor = bench.processor(T);
    bench.sql("ALTER TABLE t SET (number_of_replicas = '0-all')");
    bench.timers.run(processor.run());
    assertEquals("0-all", bench.replicas());
  }

  @Test
  void asking_for_a_lease_sync_ends_the_wait_at_once() {
    var bench = ResetBench.oneTable("1");
    ResetJob job = bench.reset();
    assertEquals(List.of(TO_ZERO, SYNC, BACK), bench.link.written());
    assertTrue(job.times().atRisk().toMillis() < 1000, job.times().toString());
    assertEquals(List.of(), bench.told.of("waiting"));
  }

  @Test
  void without_the_lease_sync_it_is_the_handbooks_procedure_statement_for_statement() {
    var bench = ResetBench.oneTable("1");
    bench.policy = ResetBench.HANDBOOK;
    ResetJob job = bench.reset();
    assertEquals(ResetState.COMPLETED, job.state());
    String catalogue = "SELECT number_of_replicas";
    String leases = "SELECT id, state, routing_state";
    assertEquals(
        List.of(
            catalogue, TO_ZERO, catalogue, leases, leases, leases, SYNC, catalogue, BACK,
            catalogue),
        bench.link.sent().stream()
            .map(s -> s.text())
            .map(s -> s.startsWith(catalogue) ? catalogue : s.startsWith(leases) ? leases : s)
            .toList());
    assertEquals(
        List.of("waiting 1/9 10s the lease sync tick", "waiting 2/9 15s the lease sync tick"),
        bench.told.of("waiting"));
  }

  @Test
  void a_refused_lease_sync_is_told_and_the_plain_wait_follows() {
    var bench = ResetBench.oneTable("1");
    bench.link.always("OPTIMIZE", FaultyCluster.fail(Kind.REFUSED));
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertEquals("refused scripted REFUSED", bench.told.of("refused").get(0));
    assertFalse(bench.told.of("waiting").isEmpty());
    assertEquals("1", bench.replicas());
  }

  @Test
  void leases_of_logical_replication_stay_and_do_not_block() {
    var bench =
        new ResetBench(
            "{\"name\": \"doc.t\", \"shards\": 2, \"replicas\": \"1\", \"subscriber\": \"xm\"}");
    bench.policy = ResetBench.HANDBOOK;
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertTrue(
        bench
            .told
            .of("waiting")
            .get(0)
            .endsWith(
                "the lease sync tick (foreign leases are not counted: logical_replication:xm)"),
        bench.told.of("waiting").toString());
    assertEquals("1", bench.replicas());
  }

  @Test
  void a_relocating_primary_is_waited_for_by_name_and_the_sync_asked_again_once_it_started() {
    var bench =
        new ResetBench(
            new ResetBench.Conduct("\"relocation\": {\"probability\": 1, \"seconds\": 7},"),
            "{\"name\": \"doc.t\", \"shards\": 1, \"replicas\": \"1\"}");
    // The move begins 0.2 s after the ALTER: the first look comes when it has begun.
    bench.link.once(
        "OPTIMIZE",
        execution -> bench.timers.after(Duration.ofMillis(300)).compose(due -> execution.get()));
    ResetJob job = bench.reset();
    assertEquals(ResetState.COMPLETED, job.state());
    assertTrue(
        bench
            .told
            .of("waiting")
            .get(0)
            .matches("waiting 1/9 1s primary 0 on [abc] \\(RELOCATING\\)"),
        bench.told.of("waiting").toString());
    assertEquals(List.of(TO_ZERO, SYNC, SYNC, BACK), bench.link.written());
    assertTrue(job.times().atRisk().toSeconds() < 9, job.times().toString());
  }

  @Test
  void an_unassigned_primary_is_never_cleared() {
    var bench = new ResetBench("{\"name\": \"doc.t\", \"shards\": 3, \"replicas\": \"1\"}");
    var ended = bench.start(T);
    bench.link.once(
        "OPTIMIZE",
        execution -> {
          bench.crate.kill("a");
          return execution.get();
        });
    ResetJob job = bench.timers.run(ended);
    assertEquals(Cause.LEASES_TIMED_OUT, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertTrue(
        bench.told.of("waiting").get(0).contains("a shard it can't see: 2 of 3 primaries"),
        bench.told.of("waiting").toString());
    assertEquals("1", bench.replicas());
  }

  @Test
  void a_listener_that_throws_costs_nothing() {
    var bench = ResetBench.oneTable("1");
    RunListener broken =
        event -> {
          throw new NoClassDefFoundError("broken listener");
        };
    bench.policy = ResetBench.HANDBOOK;
    bench.listener = new GuardedListener(List.of(broken, bench.told), thrown -> {});
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertEquals("1", bench.replicas());
    assertEquals(4, bench.told.of("transition").size());
  }
}
