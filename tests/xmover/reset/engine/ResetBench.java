package xmover.reset.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.DirectCluster;
import xmover.cluster.FaultyCluster;
import xmover.cluster.Row;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.SteppedTimers;
import xmover.reset.Journal;
import xmover.reset.RunListener;
import xmover.reset.Safeguards;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;
import xmover.table.PartitionValues;
import xmover.table.TableRef;

/**
 * A simulated cluster and all that resets on it need, in stepped time and without a wire. What the
 * resets send goes through {@link #link}, which a test may make fail.
 */
public final class ResetBench {
  static final ResetPolicy ASKING =
      new ResetPolicy(Duration.ofSeconds(720), Optional.empty(), Backoff.Ladder.HANDBOOK, true);
  static final ResetPolicy HANDBOOK =
      new ResetPolicy(Duration.ofSeconds(720), Optional.empty(), Backoff.Ladder.HANDBOOK, false);

  private static final RunIdentity RUN =
      new RunIdentity("run-1", "ops", "laptop", Instant.parse("2024-01-15T10:30:00Z"));

  public final SteppedTimers timers = new SteppedTimers();
  final ToldEvents told = new ToldEvents();
  final SimulatedCluster crate;
  public final FaultyCluster link;

  /** What goes through the circuit breaker; a test may put another in its place. */
  Cluster guarded;

  RunListener listener = told;
  ResetPolicy policy = ASKING;
  public Journal journal = Journal.NONE;
  public Safeguards safeguards = Safeguards.NONE;

  /** A cluster of three nodes with these tables, each in the words of a scenario file. */
  ResetBench(String... tables) {
    this(new Conduct(""), tables);
  }

  /** Other conduct of the cluster, in the words of a scenario file; ends with a comma. */
  record Conduct(String words) {}

  ResetBench(Conduct conduct, String... tables) {
    try {
      Scenario scenario =
          JsonMapper.builder()
              .build()
              .readValue(
                  """
                  {"version": "6.3.7", "seed": 5, "nodes": ["a", "b", "c"], %s "tables": [%s]}
                  """
                      .formatted(conduct.words(), String.join(",", tables)),
                  Scenario.class);
      crate = new SimulatedCluster(scenario, timers);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
    link = new FaultyCluster(new DirectCluster(crate, "crate", timers), timers);
    guarded = link;
  }

  /** {@code doc.t} with four shards. */
  public static ResetBench oneTable(String replicas) {
    return new ResetBench(
        "{\"name\": \"doc.t\", \"shards\": 4, \"replicas\": \"%s\", \"stuck_translog\": \"2gb\"}"
            .formatted(replicas));
  }

  public static final TableRef T = TableRef.of("doc", "t");

  public ResetContext context() {
    var audited = new AuditedCluster(link, timers, listener);
    return new ResetContext(
        guarded == link ? audited : guarded,
        audited,
        policy,
        timers,
        listener,
        RUN,
        journal,
        safeguards,
        self());
  }

  /** What the cluster says of itself, read past every fault. */
  ClusterIdentity self() {
    return timers.run(new Detection(new DirectCluster(crate, "crate", timers)).identity());
  }

  TableResetProcessor processor(TableRef table) {
    return new TableResetProcessor(
        table, context(), () -> Future.succeededFuture(Optional.empty()));
  }

  /** A processor whose process may die. */
  TableResetProcessor mortal(TableRef table, MortalProcess process) {
    ResetContext all = context();
    var its =
        new ResetContext(
            process.cluster(all.cluster()),
            process.cluster(all.unguarded()),
            policy,
            process.timers(timers),
            RunListener.NONE,
            RUN,
            process.journal(journal),
            Safeguards.NONE,
            all.self());
    return new TableResetProcessor(table, its, () -> Future.succeededFuture(Optional.empty()));
  }

  /** A process that resets this table without a lease sync, and dies while it is at 0. */
  void dieAtZero(TableRef table) {
    var process = new MortalProcess(Integer.MAX_VALUE, true);
    ResetPolicy before = policy;
    policy = HANDBOOK;
    mortal(table, process).run();
    policy = before;
    timers.advance(Duration.ofSeconds(1));
    process.die();
    if (!replicas(table.name()).equals("0")) {
      throw new AssertionError(table + " is not at 0");
    }
  }

  Future<ResetJob> start(TableRef table) {
    return processor(table).run();
  }

  /** A whole reset of {@code doc.t}. */
  ResetJob reset() {
    return reset(T);
  }

  ResetJob reset(TableRef table) {
    return timers.run(start(table));
  }

  /** What a detection finds to reset, worst first. */
  public List<Finding> findings() {
    return timers.run(new Detection(link).analyse(Thresholds.DEFAULT, TableFilter.ALL)).toReset();
  }

  /** {@code number_of_replicas} as the cluster has it now. */
  public String replicas(String table) {
    return cell(
        "SELECT number_of_replicas FROM information_schema.tables WHERE table_name = $1", table);
  }

  public String replicas() {
    return replicas("t");
  }

  /** What anybody else does to the cluster. */
  public void sql(String statement) {
    rows(statement);
  }

  String cell(String sql, Object... parameters) {
    return String.valueOf(rows(sql, parameters).get(0).get(0));
  }

  List<List<Object>> rows(String sql, Object... parameters) {
    try {
      return crate.execute("crate", sql, List.of(parameters)).rows();
    } catch (SqlError wrong) {
      throw new AssertionError(sql, wrong);
    }
  }

  /** Partition of a table by its ident in the catalogue. */
  TableRef partition(String schema, String table, String column, Object value) {
    for (List<Object> row :
        rows(
            "SELECT partition_ident, \"values\" FROM information_schema.table_partitions"
                + " WHERE table_name = $1",
            table)) {
      Map<String, Object> values = new HashMap<>();
      ((Map<?, ?>) row.get(1)).forEach((name, cell) -> values.put(String.valueOf(name), cell));
      if (String.valueOf(value).equals(String.valueOf(values.get(column)))) {
        return TableRef.of(schema, table)
            .partition(new PartitionValues(String.valueOf(row.get(0)), values));
      }
    }
    throw new AssertionError("no such partition");
  }

  /** From now on the user does not see {@code doc.t}, as after a REVOKE. */
  void hide() {
    link.always("table_name = 't'", FaultyCluster.answerNothing());
    link.always("WHERE partition_uuid = ", FaultyCluster.answerNothing());
    link.always(
        "\"doc\".\"t\"", FaultyCluster.fail(xmover.cluster.ClusterFailure.Kind.UNKNOWN_RELATION));
    link.always(
        "sees_every_table",
        execution -> execution.get().map(rows -> List.of(lessPrivileged(rows.get(0)))));
  }

  private static Row lessPrivileged(Row row) {
    return column ->
        column.equals("superuser") || column.equals("sees_every_table")
            ? (Object) false
            : column.equals("tables") ? 7L : row.value(column);
  }

  /** A table that nobody resets, so that the catalogue is never empty. */
  void another() {
    sql("CREATE TABLE doc.another (id INT) CLUSTERED INTO 1 SHARDS");
  }
}
