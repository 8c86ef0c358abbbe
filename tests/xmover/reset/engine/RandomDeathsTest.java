package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.RunIdentity;

/** Random faults and deaths from a printed seed: whatever happens, every setting comes back. */
class RandomDeathsTest {
  private static final int SEEDS = 250;
  private static final Map<String, String> TABLES =
      Map.of("one", "1", "range", "0-1", "all", "1-all", "two", "2");

  private final ResetBench bench =
      new ResetBench(
          TABLES.entrySet().stream()
              .map(
                  table ->
                      "{\"name\": \"doc.%s\", \"shards\": 2, \"replicas\": \"%s\","
                              .formatted(table.getKey(), table.getValue())
                          + " \"stuck_translog\": \"2gb\"}")
              .toArray(String[]::new));
  private final KeptJournal disk = new KeptJournal(new ArrayList<>());
  private int deaths;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void every_setting_comes_back(long seed) {
    var random = new Random(seed);
    int lives = 1 + random.nextInt(3);
    for (int life = 0; life < lives; life++) {
      misbehave(random);
      live(new MortalProcess(1 + random.nextInt(60), random.nextBoolean()), random);
    }
    bench.link.heal();
    live(new MortalProcess(Integer.MAX_VALUE, true), random);
    live(new MortalProcess(Integer.MAX_VALUE, true), random);

    TABLES.forEach(
        (table, replicas) -> assertEquals(replicas, bench.replicas(table), "doc." + table));
    assertTrue(unfinished().isEmpty(), () -> "still unfinished: " + unfinished());
  }

  @Test
  void the_deaths_are_real() {
    live(new MortalProcess(12, true), new Random(1));
    assertEquals(1, deaths);
    assertTrue(!unfinished().isEmpty());
  }

  /** A process from its start to its end or its death: first what is unfinished, then the rest. */
  private void live(MortalProcess process, Random random) {
    ResetContext context =
        new ResetContext(
            process.cluster(bench.link),
            process.cluster(bench.link),
            random.nextBoolean() ? ResetBench.ASKING : ResetBench.HANDBOOK,
            process.timers(bench.timers),
            RunListener.NONE,
            new RunIdentity("run", "ops", "laptop", bench.timers.now()),
            process.journal(disk),
            Safeguards.NONE,
            bench.self());
    int concurrent = 1 + random.nextInt(3);
    Detection detection = new Detection(context.cluster());
    context
        .journal()
        .unfinished()
        .compose(entries -> Unfinished.of(entries, detection))
        .compose(begun -> run(context, concurrent, begun))
        .compose(resumed -> detection.analyse(Thresholds.DEFAULT, TableFilter.ALL))
        .compose(
            found ->
                new AutoExecOrchestrator(
                        context, RunLimits.concurrent(concurrent), () -> false, Map.of())
                    .run(found.toReset()));
    bench.timers.advance(Duration.ofHours(1));
    deaths += process.isDead() ? 1 : 0;
  }

  private static Future<RunReport> run(ResetContext context, int concurrent, Unfinished begun) {
    return new AutoExecOrchestrator(
            context, RunLimits.concurrent(concurrent), () -> false, begun.begun())
        .run(begun.findings());
  }

  private void misbehave(Random random) {
    bench.link.heal();
    List<Kind> kinds = List.of(Kind.CONNECTION_LOST, Kind.TIMEOUT, Kind.SERVER, Kind.UNREACHABLE);
    for (int i = random.nextInt(4); i > 0; i--) {
      Kind kind = kinds.get(random.nextInt(kinds.size()));
      String words =
          List.of("ALTER", "OPTIMIZE", "information_schema", "sys.shards").get(random.nextInt(4));
      FaultyCluster.Fault fault =
          switch (random.nextInt(3)) {
            case 0 -> FaultyCluster.fail(kind);
            case 1 -> FaultyCluster.loseAnswer(kind);
            default -> bench.link.executeLate(Duration.ofSeconds(random.nextInt(90)), kind);
          };
      bench.link.times(1 + random.nextInt(4), words, fault);
    }
  }

  private List<JournalEntry> unfinished() {
    return disk.unfinished().result();
  }
}
