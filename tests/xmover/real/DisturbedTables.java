package xmover.real;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.Transport;
import xmover.detect.Detection;
import xmover.reset.Journal;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.engine.AutoExecOrchestrator;
import xmover.reset.engine.ResetContext;
import xmover.reset.engine.TableResetProcessor;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.PartitionValues;
import xmover.table.SqlText;
import xmover.table.TableRef;

/**
 * A schema of its own with two tables and two partitioned ones, and resets of them with the lease
 * sync off. Somebody does something to them when a table has come to 0, before its leases are
 * looked at; or the process dies there.
 */
final class DisturbedTables implements AutoCloseable {
  private static final String LOOK = "lease_sources";

  /** CrateDB ticks every 30 s, or every 5 minutes; here no test is about that wait. */
  private static final String SETTINGS =
      "WITH (\"soft_deletes.retention_lease.sync_interval\" = '200ms', number_of_replicas = '%s')";

  private static final ResetPolicy POLICY =
      new ResetPolicy(
          Duration.ofMinutes(10),
          Optional.empty(),
          new Backoff.Ladder(List.of(Duration.ofMinutes(1))),
          false);

  final RealCluster crate = new RealCluster();
  final String schema = "xmover_test_" + UUID.randomUUID().toString().substring(0, 8) + "'{A:b}";
  private final Map<Transport, Cluster> open = new LinkedHashMap<>();
  private final HastyTimers timers = new HastyTimers(crate.vertx);

  /** The tables t ('1') and other ('0-all'); p and q with the partitions eu and us. */
  DisturbedTables() {
    create("t", "1");
    create("other", "0-all");
    createPartitioned("p", "1", "0-all");
    createPartitioned("q", "0-1", "1-all");
  }

  void create(String table, String replicas) {
    execute(
        "CREATE TABLE %s (id INT) CLUSTERED INTO 2 SHARDS %s"
            .formatted(table(table).sqlName(), SETTINGS.formatted(replicas)));
    execute("INSERT INTO %s VALUES (1), (2), (3)".formatted(table(table).sqlName()));
  }

  void createPartitioned(String table, String eu, String us) {
    execute(
        "CREATE TABLE %s (id INT, region TEXT) CLUSTERED INTO 1 SHARDS PARTITIONED BY (region) %s"
            .formatted(table(table).sqlName(), SETTINGS.formatted("0-1")));
    addPartition(table, "eu");
    addPartition(table, "us");
    for (var replicas : Map.of("eu", eu, "us", us).entrySet()) {
      execute(
          "ALTER TABLE %s SET (number_of_replicas = '%s')"
              .formatted(partition(table, replicas.getKey()).sqlTarget(), replicas.getValue()));
    }
  }

  void addPartition(String table, String region) {
    execute("INSERT INTO %s VALUES (1, '%s')".formatted(table(table).sqlName(), region));
  }

  TableRef table(String name) {
    return TableRef.of(schema, name);
  }

  TableRef partition(String table, String region) {
    String ident =
        crate
            .execute(
                "SELECT partition_ident FROM information_schema.table_partitions WHERE table_schema"
                    + " = %s AND table_name = %s AND \"values\"['region'] = '%s'"
                        .formatted(SqlText.text(schema), SqlText.text(table), region))
            .get(0)
            .text("partition_ident");
    return table(table).partition(new PartitionValues(ident, Map.of("region", region)));
  }

  void execute(String sql) {
    crate.execute(sql);
  }

  /** A statement with these tables in the places of %s. */
  String sql(String statement, String... tables) {
    Object[] names = new Object[tables.length];
    for (int i = 0; i < tables.length; i++) {
      names[i] = table(tables[i]).sqlName();
    }
    return statement.formatted(names);
  }

  /** The number_of_replicas of every table, partitioned ones for what is to come, and partition. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    String mine = " WHERE table_schema = " + SqlText.text(schema);
    crate
        .execute("SELECT table_name, number_of_replicas FROM information_schema.tables" + mine)
        .forEach(row -> settings.put(row.text("table_name"), row.text("number_of_replicas")));
    crate
        .execute(
            "SELECT table_name, \"values\"['region'] AS region, number_of_replicas"
                + " FROM information_schema.table_partitions"
                + mine)
        .forEach(
            row ->
                settings.put(
                    row.text("table_name") + " " + row.text("region"),
                    row.text("number_of_replicas")));
    settings.remove("journal");
    settings.remove("journal_history");
    return settings;
  }

  /** Resets a table, and while it is at 0 somebody does this. */
  ResetJob reset(Transport transport, TableRef table, String... meanwhile) {
    Promise<Void> done = Promise.promise();
    ResetJob job =
        reset(transport, table, Journal.NONE, () -> doing(List.of(meanwhile)).onComplete(done));
    RealCluster.get(done.future());
    return job;
  }

  /** Begins to reset a table, and dies when it is at 0. */
  void dieAtZero(Transport transport, TableRef table, Journal journal) {
    Promise<Void> atZero = Promise.promise();
    start(
        transport,
        table,
        journal,
        () -> {
          atZero.complete();
          return Promise.<Void>promise().future();
        });
    RealCluster.get(atZero.future());
  }

  private ResetJob reset(
      Transport transport, TableRef table, Journal journal, Supplier<Future<Void>> atZero) {
    return RealCluster.get(start(transport, table, journal, atZero));
  }

  private Future<ResetJob> start(
      Transport transport, TableRef table, Journal journal, Supplier<Future<Void>> atZero) {
    ResetContext context = context(new Disturbed(open(transport), atZero), journal);
    return onLoop(
        () ->
            new TableResetProcessor(table, context, () -> Future.succeededFuture(Optional.empty()))
                .run());
  }

  /** What another process goes on with. */
  RunReport resume(Transport transport, Journal journal) {
    ResetContext context = context(open(transport), journal);
    Unfinished begun = unfinished(transport, journal);
    return RealCluster.get(
        onLoop(
            () ->
                new AutoExecOrchestrator(
                        context, RunLimits.concurrent(9), () -> false, begun.begun())
                    .run(begun.findings())));
  }

  Unfinished unfinished(Transport transport, Journal journal) {
    return RealCluster.get(
        journal
            .unfinished()
            .compose(entries -> Unfinished.of(entries, new Detection(open(transport)))));
  }

  private ResetContext context(Cluster cluster, Journal journal) {
    return new ResetContext(
        cluster,
        cluster,
        POLICY,
        timers,
        RunListener.NONE,
        new RunIdentity(UUID.randomUUID().toString(), "ops", "laptop", Instant.now()),
        journal,
        Safeguards.NONE,
        RealCluster.get(new Detection(cluster).identity()));
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> what) {
    Promise<T> done = Promise.promise();
    crate.vertx.runOnContext(now -> what.get().onComplete(done));
    return done.future();
  }

  private Future<Void> doing(List<String> statements) {
    Future<Void> done = Future.succeededFuture();
    for (String statement : statements) {
      done = done.compose(before -> crate.executing(statement).mapEmpty());
    }
    return done;
  }

  Cluster open(Transport transport) {
    return open.computeIfAbsent(transport, wire -> crate.open(crate.settings(wire)));
  }

  /** Lets something happen before the leases are looked at for the first time. */
  private static final class Disturbed implements Cluster {
    private final Cluster cluster;
    private final Supplier<Future<Void>> atZero;
    private boolean happened;

    Disturbed(Cluster cluster, Supplier<Future<Void>> atZero) {
      this.cluster = cluster;
      this.atZero = atZero;
    }

    @Override
    public Future<List<Row>> execute(Statement statement) {
      if (happened || !statement.text().contains(LOOK)) {
        return cluster.execute(statement);
      }
      happened = true;
      return atZero.get().compose(done -> cluster.execute(statement));
    }

    @Override
    public Future<Void> close() {
      return cluster.close();
    }
  }

  @Override
  public void close() {
    for (Row row :
        crate.execute(
            "SELECT table_name, closed FROM information_schema.tables WHERE table_schema = "
                + SqlText.text(schema))) {
      String name = table(String.valueOf(row.text("table_name"))).sqlName();
      if (row.flag("closed")) {
        crate.execute("ALTER TABLE " + name + " OPEN");
      }
      crate.execute("ALTER TABLE " + name + " SET (\"blocks.metadata\" = false)");
      crate.execute("DROP TABLE " + name);
    }
    open.values().forEach(cluster -> RealCluster.get(cluster.close()));
    crate.close();
  }
}
