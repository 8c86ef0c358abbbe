package xmover.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import cratesim.faults.FaultyWire;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import cratesim.wire.Wireless;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import xmover.cluster.wire.Clusters;
import xmover.cluster.wire.WirelessCluster;
import xmover.environment.SteppedTimers;
import xmover.remedy.RemedyPolicy;
import xmover.reset.engine.KeptJournal;
import xmover.reset.machine.JournalEntry;
import xmover.run.RunOptions;
import xmover.run.SteppedRun;

/** A cluster of 1,000 tables that fall ill, and runs that heal them over the same connections. */
final class SteppedSoak {
  private static final int FALL_ILL = 10;
  private static final int HEALED_AT_ONCE = 5;

  /** Longer than any answer is late, or a statement waits for it. */
  private static final Duration SETTLED = Duration.ofSeconds(80);

  private static final String SCENARIO =
      """
      {"version": "6.3.7", "seed": 5, "nodes": ["a", "b", "c"], "recovery": 0.1,
       "settings": {"cluster.max_shards_per_node": 100000},
       "generated": {"tables": %d, "problematic_share": 0, "like": {
         "name": "doc.t", "shards": 1, "replicas": "1", "size": "1gb", "growth": "20mb",
         "columns": "id TEXT PRIMARY KEY, s TEXT"}}}
      """;

  private static final String REFUSED =
      "INSERT INTO doc.t%05d (id, s) VALUES ('bad', repeat('y', 40000))";

  private final SteppedTimers timers = new SteppedTimers();
  private final StatementLog log = new StatementLog(timers);
  private final Faults faults = new Faults();
  private final Set<Object> open = new HashSet<>();
  private final List<JournalEntry> written = new ArrayList<>();
  private final KeptJournal journal = new KeptJournal(written);
  private final Map<Integer, Integer> ends = new TreeMap<>();
  private final int tables;
  private final SimulatedCluster crate;
  private final Map<String, String> before;
  private final FaultRate rate;
  private final RandomGenerator random;
  private final Clusters.Pools pools;

  SteppedSoak(int tables, long seed) {
    this.tables = tables;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    crate = new SimulatedCluster(scenario(tables), timers);
    before = crate.replicas();
    rate = new FaultRate(faults, seed);
    var server = new Wireless(crate, faults, log, timers, FaultyWire.HTTP);
    fallIll();
    timers.advance(SETTLED);
    pools = WirelessCluster.open(server, timers, text -> rate.before(FaultyWire.HTTP, text), open);
  }

  private static Scenario scenario(int tables) {
    try {
      return JsonMapper.builder().build().readValue(SCENARIO.formatted(tables), Scenario.class);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /** Tables fall ill, a run heals, another one goes on with what that left. */
  void round() {
    fallIll();
    ended(run().heal());
    ended(run().resume());
    rate.end();
    timers.advance(SETTLED);
    forgetWhatIsSettled();
  }

  /** By a row that is refused: the replicas never hear of it. */
  private void fallIll() {
    for (int i = 0; i < FALL_ILL; i++) {
      try {
        crate.execute("crate", REFUSED.formatted(1 + random.nextInt(tables)), List.of());
      } catch (SqlError refused) {
        // That is the disease.
      }
    }
  }

  private void ended(SteppedRun.Ended end) {
    ends.merge(end.exitCode(), 1, Integer::sum);
  }

  private SteppedRun run() {
    RunOptions how =
        RunOptions.DEFAULT
            .maxWait(Duration.ofSeconds(120))
            .waitRecovery(Duration.ofSeconds(120))
            .concurrent(HEALED_AT_ONCE)
            .maxTables(2 * FALL_ILL)
            .remedy(random.nextBoolean() ? RemedyPolicy.AUTO : RemedyPolicy.RESET);
    return new SteppedRun(pools, timers, timers, journal, how);
  }

  /** As a journal does that writes itself anew. */
  private void forgetWhatIsSettled() {
    var unfinished =
        journal.unfinished().result().stream()
            .map(entry -> List.of(entry.table(), entry.identity()))
            .collect(Collectors.toSet());
    written.removeIf(entry -> !unfinished.contains(List.of(entry.table(), entry.identity())));
  }

  Duration passed() {
    return timers.passed();
  }

  int statements() {
    return log.arrivals().size();
  }

  int pendingTimers() {
    return timers.pending();
  }

  int openConnections() {
    return open.size();
  }

  /** The faults are over: goes on with what is unfinished, and closes the connections. */
  void end() {
    rate.end();
    ended(run().resume());
    timers.run(pools.cluster().close());
    timers.run(pools.urgent().close());
  }

  /** The tables that have not the replicas they began with. */
  Map<String, String> changed() {
    return crate.replicas().entrySet().stream()
        .filter(now -> !now.getValue().equals(before.get(now.getKey())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public String toString() {
    return "%d statements, faults %s; exit codes %s".formatted(statements(), rate, ends);
  }
}
