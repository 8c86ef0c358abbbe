package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import xmover.gates.ExposureBudget;
import xmover.gates.ExposureLimits;
import xmover.recovery.ReplicaRecovery;
import xmover.reset.Cure;
import xmover.reset.Exposure;
import xmover.reset.Gate;
import xmover.reset.GentlerRemedy;
import xmover.reset.Recovery;
import xmover.reset.RunEvent;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableRef;

/** Whole runs over random tables, and how many of them are at one copy at the same moment. */
class ExposedTablesTest {
  private static final long GB = 1L << 30;

  /** Who is at zero, who recovers, and how much in them; from the ALTER's being sent. */
  private static final class Watch implements RunListener {
    private final Map<String, Long> bytes = new HashMap<>();
    private final Set<String> zero = new HashSet<>();
    private final Set<String> recovering = new HashSet<>();
    private int mostTables;
    private long mostBytes;
    private int mostRecoveringAtEntry;

    Watch(List<Finding> tables) {
      tables.forEach(t -> bytes.put(t.table().toString(), t.totals().primaryBytes().value()));
    }

    @Override
    public void on(RunEvent event) {
      if (event instanceof RunEvent.Transition step) {
        transition(step.to());
      } else if (event instanceof RunEvent.TableEnded over) {
        recovering.remove(over.finding().table().toString());
      }
    }

    private void transition(ResetJob to) {
      String table = to.table().toString();
      if (to.state() == ResetState.SETTING_REPLICAS_ZERO) {
        zero.add(table);
      } else if (to.state() == ResetState.COMPLETED) {
        zero.remove(table);
        recovering.add(table);
      }
      Set<String> exposed = new HashSet<>(zero);
      exposed.addAll(recovering);
      mostTables = Math.max(mostTables, exposed.size());
      mostBytes = Math.max(mostBytes, exposed.stream().mapToLong(bytes::get).sum());
    }

    /** The same limits, watched at the moment a table is let in. */
    Exposure watching(Exposure limits) {
      return new Exposure() {
        @Override
        public Future<Optional<String>> enter(Finding table) {
          return limits
              .enter(table)
              .onSuccess(
                  in -> mostRecoveringAtEntry = Math.max(mostRecoveringAtEntry, recovering.size()));
        }

        @Override
        public void recovering(TableRef table) {
          limits.recovering(table);
        }

        @Override
        public void leave(TableRef table) {
          recovering.remove(table.toString());
          limits.leave(table);
        }
      };
    }
  }

  private static ResetBench bench(Random random) {
    return new ResetBench(
        new ResetBench.Conduct("\"lease_sync\": 5, \"recovery\": 20,"),
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    """
                    {"name": "doc.t%d", "shards": %d, "replicas": "1", "size": "%dgb",
                     "stuck_translog": "%dgb"}
                    """
                        .formatted(
                            i, 1 + random.nextInt(2), 1 + random.nextInt(3), 2 + random.nextInt(9)))
            .toArray(String[]::new));
  }

  private static Future<RunReport> run(
      ResetBench bench, List<Finding> tables, int concurrent, Exposure limits) {
    bench.safeguards =
        new Safeguards(
            Gate.OPEN,
            limits,
            GentlerRemedy.NONE,
            new ReplicaRecovery(
                bench.link,
                bench.timers,
                bench.listener,
                new Bytes(GB / 2),
                Duration.ofMinutes(30)));
    return new AutoExecOrchestrator(
            bench.context(), RunLimits.concurrent(concurrent), () -> false, Map.of())
        .run(tables);
  }

  @RepeatedTest(25)
  void no_limit_is_ever_exceeded_and_every_table_is_healed(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    ResetBench bench = bench(random);
    List<Finding> tables = bench.findings();
    var watch = new Watch(tables);
    bench.listener = watch;
    bench.policy = random.nextBoolean() ? ResetBench.ASKING : ResetBench.HANDBOOK;
    var limits =
        new ExposureLimits(
            1 + random.nextInt(4),
            random.nextBoolean() ? Optional.of(new Bytes(7 * GB)) : Optional.empty(),
            random.nextInt(3));
    Exposure budget = watch.watching(new ExposureBudget(limits));
    RunReport report = bench.timers.run(run(bench, tables, 1 + random.nextInt(5), budget));
    assertEquals(12, report.results().size());
    assertTrue(
        report.results().stream().allMatch(r -> r.cure().filter(Cure::isCured).isPresent()),
        report.toString());
    assertTrue(watch.mostTables <= limits.tables(), watch.mostTables + " under " + limits);
    assertTrue(
        limits.bytes().filter(most -> watch.mostBytes > most.value()).isEmpty(),
        watch.mostBytes + " under " + limits);
    assertTrue(
        watch.mostRecoveringAtEntry <= limits.recovering(),
        watch.mostRecoveringAtEntry + " under " + limits);
  }

  @Test
  void a_table_at_zero_is_restored_though_it_is_larger_than_may_be_exposed() {
    ResetBench bench = bench(new Random(1));
    List<Finding> tables = bench.findings();
    bench.sql("ALTER TABLE doc.t0 SET (number_of_replicas = 0)");
    Finding left =
        tables.stream().filter(f -> f.table().name().equals("t0")).findFirst().orElseThrow();
    var entry =
        new JournalEntry(
            bench.context().run(),
            left.table(),
            left.relation().replicas().orElseThrow(),
            left.totals().primaries(),
            ResetState.RESTORING_REPLICAS,
            Optional.empty(),
            bench.timers.now());
    bench.safeguards =
        new Safeguards(
            Gate.OPEN,
            new ExposureBudget(new ExposureLimits(1, Optional.of(new Bytes(1)), 0)),
            GentlerRemedy.NONE,
            Recovery.NONE);
    RunReport report =
        bench.timers.run(
            new AutoExecOrchestrator(
                    bench.context(),
                    RunLimits.concurrent(1),
                    () -> false,
                    Map.of(left.table(), entry))
                .run(List.of(left)));
    assertEquals(1, report.completed(), report.toString());
    assertEquals("1", bench.replicas("t0"));
  }
}
