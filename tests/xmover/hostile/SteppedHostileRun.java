package xmover.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.Faults;
import cratesim.Scenario;
import cratesim.SimulatedCluster;
import cratesim.SqlError;
import cratesim.StatementLog;
import cratesim.wire.Wireless;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import xmover.cli.Operator;
import xmover.cluster.WirelessCluster;
import xmover.environment.SteppedTimers;
import xmover.reset.JournalEntry;
import xmover.reset.KeptJournal;
import xmover.reset.ResetState;
import xmover.reset.RunIdentity;
import xmover.run.SteppedRun;
import xmover.table.IndexUuid;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** Runs a cell on one thread in stepped time, and watches each statement and each entry. */
final class SteppedHostileRun {
  private static final TableRef TABLE = TableRef.of("doc", "t");
  private static final String CHANGES = "^(ALTER|SET|RESET|OPTIMIZE|CREATE|DROP|INSERT)";
  private static final String READS_A_SETTING = "^SELECT.*number_of_replicas";
  private static final long HEALED = 1 << 29;

  /** The wait, and twelve attempts to restore with the looks and timeouts in between. */
  private static final Duration LONGEST_AT_ZERO = Duration.ofMinutes(2 + 45);

  private final Cell cell;
  private final SteppedTimers timers = new SteppedTimers();
  private final StatementLog log = new StatementLog(timers);
  private final Faults faults = new Faults();
  private final SimulatedCluster crate;
  private final List<JournalEntry> written = new ArrayList<>();
  private final Set<String> broken = new LinkedHashSet<>();
  private final String uuid;
  private final Map<String, String> before;
  private Optional<Instant> zeroSince = Optional.empty();

  SteppedHostileRun(Cell cell) {
    this.cell = cell;
    this.crate = new SimulatedCluster(scenario(cell.way().tables()), timers);
    this.before = crate.replicas();
    this.uuid =
        (String) rows("SELECT partition_uuid FROM sys.shards WHERE table_name = 't'").get(0).get(0);
  }

  private static Scenario scenario(String tables) {
    try {
      return JsonMapper.builder()
          .build()
          .readValue(
              """
              {"version": "6.3.7", "seed": 5, "nodes": ["a", "b", "c"], "recovery": 0.1,
               "tables": [%s]}
              """
                  .formatted(tables),
              Scenario.class);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  Seen run() {
    var journal =
        new KeptJournal(written) {
          @Override
          public Future<Void> write(JournalEntry entry) {
            closing(entry);
            return super.write(entry);
          }
        };
    if (cell.way().begun) {
      leaveAtZero();
    }
    List<Faults.Armed> armed =
        cell.strikes().stream().map(s -> faults.arm(s.fault(), s.moment())).toList();
    SteppedRun.Ended attacked = cell.way().in(run(journal));
    int fired = armed.stream().mapToInt(Faults.Armed::fired).sum();
    List<String> sent = log.matching(CHANGES);
    var stranger = faults.stranger().map(other -> ((SimulatedCluster) other).replicas());
    Map<String, String> after = crate.replicas();
    faults.end();
    boolean sick = isSick();
    SteppedRun.Ended repaired = run(journal).resume();
    return new Seen(
        cell,
        uuid,
        fired,
        List.copyOf(broken),
        before,
        outcome(attacked),
        sent,
        stranger.orElse(Map.of()),
        after,
        sick,
        outcome(repaired),
        crate.replicas());
  }

  private static Operator.Outcome outcome(SteppedRun.Ended ended) {
    return new Operator.Outcome(ended.exitCode(), ended.words(), "");
  }

  private SteppedRun run(KeptJournal journal) {
    var server = new Wireless(crate, faults, log, timers, cell.wire());
    var pools = WirelessCluster.open(server, timers, this::watch);
    return new SteppedRun(pools, timers, journal, cell.way().options());
  }

  /** Before each statement: what is at 0 by now stood in the journal before. */
  private void watch() {
    Map<String, String> now = crate.replicas();
    List<String> atZero =
        before.keySet().stream().filter(index -> "0".equals(now.get(index))).toList();
    for (String index : atZero) {
      if (written.stream().noneMatch(entry -> isOf(entry, index))) {
        broken.add(
            index.equals(uuid)
                ? "an ALTER to 0 came before its original was in the journal"
                : "a table that was not selected is at 0");
      }
    }
    if (!atZero.contains(uuid)) {
      zeroSince = Optional.empty();
    } else if (zeroSince.isEmpty()) {
      zeroSince = Optional.of(timers.now());
    } else if (timers.now().isAfter(zeroSince.get().plus(LONGEST_AT_ZERO))) {
      broken.add("it is at 0 for longer than " + LONGEST_AT_ZERO);
    }
  }

  private static boolean isOf(JournalEntry entry, String index) {
    return entry.identity().filter(who -> who.uuid().text().equals(index)).isPresent();
  }

  /** What is closed has been read after the last change of it. */
  private void closing(JournalEntry entry) {
    if (!entry.isSettled()) {
      return;
    }
    List<String> all = log.matching(CHANGES + "|" + READS_A_SETTING);
    boolean read = !all.isEmpty() && !all.get(all.size() - 1).matches("(?s)" + CHANGES + ".*");
    boolean changed = all.stream().anyMatch(text -> text.startsWith("ALTER"));
    if (changed && !read) {
      broken.add("its entry was closed without a look");
    }
  }

  /** What a node that hangs hides is not known to be sick. */
  private boolean isSick() {
    String largest =
        "SELECT max(translog_stats['uncommitted_size']) FROM sys.shards WHERE partition_uuid = $1"
            + " AND NOT \"primary\"";
    try {
      return crate.execute("crate", largest, List.of(uuid)).rows().get(0).get(0)
              instanceof Number bytes
          && bytes.longValue() > HEALED;
    } catch (SqlError hidden) {
      return false;
    }
  }

  private void leaveAtZero() {
    String id = (String) rows("SELECT id FROM sys.cluster").get(0).get(0);
    written.add(
        new JournalEntry(
            new RunIdentity("dead", "ops", "laptop", timers.now()),
            TABLE,
            Optional.of(new TableIdentity(id, IndexUuid.in(uuid).orElseThrow())),
            new ReplicaSetting(cell.way().replicas),
            1,
            ResetState.MONITORING_LEASES,
            Optional.empty(),
            xmover.reset.OpenEnds.NONE,
            timers.now(),
            timers.now()));
    rows("ALTER TABLE doc.t SET (number_of_replicas = '0')");
  }

  private List<List<Object>> rows(String sql, Object... parameters) {
    try {
      return crate.execute("crate", sql, List.of(parameters)).rows();
    } catch (SqlError wrong) {
      throw new AssertionError(sql, wrong);
    }
  }
}
