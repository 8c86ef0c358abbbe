package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.DirectCluster;
import xmover.cluster.FaultyCluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.RunIdentity;
import xmover.table.ReplicaSetting;

/**
 * The rule for a whole kind of faults: whatever dies, lies, hangs, is renamed, swapped, dropped,
 * closed or restarted, no path closes a journal entry unless its very table was read, on its
 * cluster, with its original setting or a well-formed other one, or is proven to be gone.
 */
class NoEntryIsClosedWithoutProofTest {
  private static final Map<String, String> TABLES = Map.of("t1", "1", "t2", "0-1", "t3", "2");
  private static final int LIVES = 4;

  private final ResetBench bench =
      new ResetBench(
          TABLES.entrySet().stream()
              .map(
                  t ->
                      "{\"name\": \"doc.%s\", \"shards\": 2, \"replicas\": \"%s\", \"stuck_translog\": \"2gb\"}"
                          .formatted(t.getKey(), t.getValue()))
              .toArray(String[]::new));

  private final ResetBench stranger =
      new ResetBench(
          new ResetBench.Conduct("\"cluster_id\": \"another-cluster\","),
          "{\"name\": \"doc.t1\", \"shards\": 2, \"replicas\": \"2\"}",
          "{\"name\": \"doc.t2\", \"shards\": 2, \"replicas\": \"2\"}");

  private final Judge disk = new Judge();
  private final Map<String, Instant> droppedAt = new HashMap<>();
  private boolean restarting;
  private boolean behindAnotherCluster;
  private int names;

  static Stream<Integer> seeds() {
    return IntStream.range(0, 80).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_happens(int seed) {
    var random = new Random(seed);
    bench.another();
    Map<String, String> originals = uuids();
    for (int life = 0; life < LIVES; life++) {
      bench.link.heal();
      misbehave(random);
      happen(random);
      live(new MortalProcess(1 + random.nextInt(60), random.nextBoolean()), random);
    }
    bench.link.heal();
    behindAnotherCluster = false;
    bench.timers.advance(Duration.ofHours(1));
    live(new MortalProcess(Integer.MAX_VALUE, true), random);

    assertEquals(List.of(), disk.wrong, "closed without proof");
    originals.forEach(this::assertWellOrOpen);
    assertInnocentsAreAsTheyWere(originals.keySet());
  }

  @Test
  void the_judge_is_not_blind() {
    bench.another();
    live(new MortalProcess(12, true), new Random(1));
    JournalEntry open = disk.unfinished().result().get(0);
    disk.write(open.forgotten());
    assertEquals(1, disk.wrong.size());
  }

  /** Each table that was there at the start, wherever it is now. */
  private void assertWellOrOpen(String uuid, String table) {
    boolean open =
        disk.unfinished().result().stream()
            .anyMatch(e -> e.identity().filter(who -> who.uuid().text().equals(uuid)).isPresent());
    Optional<String> setting = settings(bench, uuid);
    assertTrue(
        open || setting.filter("0"::equals).isEmpty(),
        () -> table + " is at 0 and nobody knows: " + disk.written);
  }

  /** Tables that others made have what those gave them. */
  private void assertInnocentsAreAsTheyWere(Set<String> ours) {
    bench.rows("SELECT DISTINCT partition_uuid, table_name FROM sys.shards").stream()
        .filter(row -> !ours.contains(String.valueOf(row.get(0))))
        .map(row -> String.valueOf(row.get(1)))
        .forEach(table -> assertTrue(Set.of("0-1", "3").contains(bench.replicas(table)), table));
  }

  private Map<String, String> uuids() {
    Map<String, String> uuids = new HashMap<>();
    bench
        .rows("SELECT DISTINCT partition_uuid, table_name FROM sys.shards")
        .forEach(row -> uuids.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
    uuids.values().retainAll(TABLES.keySet());
    return uuids;
  }

  private static Optional<String> settings(ResetBench bench, String uuid) {
    return bench
        .rows("SELECT DISTINCT table_name FROM sys.shards WHERE partition_uuid = $1", uuid)
        .stream()
        .findFirst()
        .map(row -> bench.replicas(String.valueOf(row.get(0))));
  }

  /** A journal that knows the truth of the cluster, and looks whenever an entry is closed. */
  private final class Judge extends KeptJournal {
    private final List<JournalEntry> written;
    private final List<String> wrong = new ArrayList<>();

    Judge() {
      this(new ArrayList<>());
    }

    private Judge(List<JournalEntry> written) {
      super(written);
      this.written = written;
    }

    @Override
    public Future<Void> write(JournalEntry entry) {
      if (entry.isSettled()) {
        wrongly(entry).ifPresent(why -> wrong.add(why + ": " + entry));
      }
      return super.write(entry);
    }

    private Optional<String> wrongly(JournalEntry entry) {
      String uuid = entry.identity().orElseThrow().uuid().text();
      if (restarting) {
        return Optional.of("the cluster had not recovered");
      }
      Optional<String> setting = settings(bench, uuid);
      if (setting.isEmpty()) {
        Instant dropped = droppedAt.getOrDefault(uuid, Instant.MAX);
        boolean proven =
            !dropped.equals(Instant.MAX)
                && !bench.timers.now().isBefore(dropped.plus(Duration.ofMinutes(1)));
        return proven ? Optional.empty() : Optional.of("gone for less than a minute");
      }
      boolean well =
          ReplicaSetting.read(setting.get()).filter(s -> !s.isZero()).isPresent()
              && !setting.equals(entry.ends().interim().map(ReplicaSetting::text));
      return well ? Optional.empty() : Optional.of("it shows " + setting.get());
    }
  }

  private void live(MortalProcess process, Random random) {
    ResetContext context =
        new ResetContext(
            process.cluster(door()),
            process.cluster(door()),
            random.nextBoolean() ? ResetBench.ASKING : ResetBench.HANDBOOK,
            process.timers(bench.timers),
            RunListener.NONE,
            new RunIdentity("run", "ops", "laptop", bench.timers.now()),
            process.journal(disk),
            Safeguards.NONE,
            bench.self());
    Detection detection = new Detection(context.cluster());
    context
        .journal()
        .unfinished()
        .compose(entries -> Unfinished.of(entries, detection))
        .compose(begun -> run(context, begun.begun(), begun.findings()))
        .compose(resumed -> detection.analyse(Thresholds.DEFAULT, TableFilter.ALL))
        .compose(found -> run(context, Map.of(), found.toReset()));
    bench.timers.advance(Duration.ofHours(1));
  }

  private static Future<RunReport> run(
      ResetContext context,
      Map<xmover.table.TableRef, JournalEntry> begun,
      List<xmover.table.Finding> findings) {
    return new AutoExecOrchestrator(context, RunLimits.concurrent(3), () -> false, begun)
        .run(findings);
  }

  /** Reads may come to another cluster, as behind a load balancer. */
  private Cluster door() {
    return new Cluster() {
      @Override
      public Future<List<Row>> execute(Statement statement) {
        return behindAnotherCluster && statement.kind() == Statement.Kind.READ
            ? new DirectCluster(stranger.crate, "crate", bench.timers).execute(statement)
            : bench.link.execute(statement);
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  private void misbehave(Random random) {
    List<Kind> kinds =
        List.of(
            Kind.CONNECTION_LOST,
            Kind.TIMEOUT,
            Kind.SERVER,
            Kind.UNREACHABLE,
            Kind.REFUSED,
            Kind.PRIVILEGE,
            Kind.SHARD_LIMIT,
            Kind.BLOCKED);
    List<String> words =
        List.of(
            "= '0'",
            "= '1'",
            "= '2'",
            "OPTIMIZE",
            "number_of_shards",
            "lease_sources",
            "WHERE partition_uuid",
            "missing_primaries");
    for (int i = random.nextInt(5); i > 0; i--) {
      Kind kind = kinds.get(random.nextInt(kinds.size()));
      FaultyCluster.Fault fault =
          switch (random.nextInt(5)) {
            case 0 -> FaultyCluster.fail(kind);
            case 1 -> FaultyCluster.loseAnswer(kind);
            case 2 -> FaultyCluster.answerNothing();
            case 3 -> odd(random);
            default -> bench.link.executeLate(Duration.ofSeconds(random.nextInt(90)), Kind.TIMEOUT);
          };
      bench.link.times(1 + random.nextInt(6), words.get(random.nextInt(words.size())), fault);
    }
  }

  /** A row in which one cell is NULL or nonsense. */
  private static FaultyCluster.Fault odd(Random random) {
    String odd = random.nextBoolean() ? null : "0 ";
    Set<String> cells = Set.of("number_of_replicas", "index_uuid", "cluster_id");
    String cell = cells.stream().skip(random.nextInt(cells.size())).findFirst().orElseThrow();
    return execution ->
        execution
            .get()
            .map(
                rows ->
                    rows.stream()
                        .<Row>map(row -> column -> column.equals(cell) ? odd : row.value(column))
                        .toList());
  }

  /** What others do to the cluster within the next minutes. */
  private void happen(Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      Duration at = Duration.ofMillis(random.nextInt(120_000));
      Runnable deed = deed(random);
      bench.timers.after(at).onSuccess(due -> deed.run());
    }
  }

  private Runnable deed(Random random) {
    List<String> tables = new ArrayList<>(TABLES.keySet());
    String one = tables.get(random.nextInt(3));
    String other = tables.get(random.nextInt(3));
    return switch (random.nextInt(8)) {
      case 0 -> () -> quietly(() -> bench.sql("ALTER TABLE doc." + one + " RENAME TO r" + names++));
      case 1 ->
          () -> quietly(() -> bench.sql("ALTER CLUSTER SWAP TABLE doc." + one + " TO " + other));
      case 2 -> () -> quietly(() -> drop(one));
      case 3 -> () -> quietly(() -> bench.sql("ALTER TABLE doc." + one + " CLOSE"));
      case 4 ->
          () ->
              quietly(
                  () -> bench.sql("ALTER TABLE doc." + one + " SET (number_of_replicas = '3')"));
      case 5 ->
          () -> {
            restarting = true;
            bench.crate.restart(Duration.ofMinutes(2));
            bench.timers.after(Duration.ofMinutes(2)).onSuccess(up -> restarting = false);
          };
      case 6 ->
          () ->
              quietly(
                  () -> bench.sql("CREATE TABLE doc." + one + " (id INT) CLUSTERED INTO 2 SHARDS"));
      default ->
          () -> {
            behindAnotherCluster = true;
            bench
                .timers
                .after(Duration.ofMinutes(3))
                .onSuccess(back -> behindAnotherCluster = false);
          };
    };
  }

  private void drop(String table) {
    String uuid =
        bench.cell("SELECT max(partition_uuid) FROM sys.shards WHERE table_name = $1", table);
    bench.sql("DROP TABLE doc." + table);
    droppedAt.put(uuid, bench.timers.now());
  }

  /** Not every deed is possible at every moment. */
  private static void quietly(Runnable deed) {
    Supplier<Void> tried =
        () -> {
          deed.run();
          return null;
        };
    try {
      tried.get();
    } catch (AssertionError impossible) {
      // The table is not there by then, or the name is taken.
    }
  }
}
