package xmover.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.StatementLog;
import cratesim.faults.Fault;
import cratesim.faults.Faults;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import cratesim.wire.Wireless;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import xmover.cli.Operator;
import xmover.cluster.wire.WirelessCluster;
import xmover.environment.SteppedTimers;
import xmover.reset.engine.KeptJournal;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.run.RunOptions;
import xmover.run.SteppedRun;
import xmover.table.IndexUuid;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** Runs a cell on one thread in stepped time, and watches each statement and each entry. */
final class SteppedHostileRun {
  static final TableRef TABLE = TableRef.of("doc", "t");

  private static final String CHANGES = "^(ALTER|SET|RESET|OPTIMIZE|CREATE|DROP|INSERT)";
  private static final String READS_A_SETTING = "^SELECT.*number_of_replicas";
  private static final long HEALED = 1 << 29;

  /** Twelve attempts to restore with the looks and timeouts in between. */
  private static final Duration RESTORING = Duration.ofMinutes(45);

  /** The same as long as all is well. */
  private static final Duration PUTTING_BACK = Duration.ofSeconds(5);

  private static final Duration JUMP = Duration.ofHours(1);

  /** What may be at 0 at the same moment, and how long each table until it is put back. */
  record Limits(int tables, long bytes, Duration longest) {}

  /** What is to be healed: tables in the words of a scenario file, and those that are selected. */
  record Task(String tables, List<TableRef> selected, RunOptions options, Limits limits) {}

  private final Cell cell;
  private final Task task;
  private final SteppedTimers timers = new SteppedTimers();
  private final StatementLog log = new StatementLog(timers);
  private final Faults faults = new Faults();
  private final SimulatedCluster crate;
  private final List<JournalEntry> written = new ArrayList<>();
  private final Set<String> broken = new LinkedHashSet<>();
  private final Set<Fault.Outside> outside = EnumSet.noneOf(Fault.Outside.class);
  private final List<String> uuids;
  private final Map<String, Long> sizes = new HashMap<>();
  private final Map<String, String> before;
  private final Map<String, Instant> zeroSince = new HashMap<>();
  private List<Faults.Armed> armed = List.of();
  private int mostAtZero;

  SteppedHostileRun(Cell cell) {
    this(
        cell,
        new Task(
            cell.way().tables(),
            List.of(TABLE),
            cell.way().options(),
            new Limits(1, Long.MAX_VALUE, Duration.ofMinutes(2))));
  }

  SteppedHostileRun(Cell cell, Task task) {
    this.cell = cell;
    this.task = task;
    this.crate = new SimulatedCluster(scenario(task.tables()), timers);
    this.before = crate.replicas();
    this.uuids = task.selected().stream().map(this::uuid).toList();
    rows("SELECT partition_uuid, size FROM sys.shards WHERE \"primary\"")
        .forEach(
            row -> sizes.merge((String) row.get(0), ((Number) row.get(1)).longValue(), Long::sum));
  }

  private String uuid(TableRef table) {
    String sql = "SELECT partition_uuid FROM sys.shards WHERE table_name = $1";
    return (String) rows(sql, table.name()).get(0).get(0);
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

  /** What became of each table that was selected, in their order. */
  List<Seen> run() {
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
    faults.outside(outside::add);
    armed = cell.strikes().stream().map(s -> faults.arm(s.fault(), s.moment())).toList();
    SteppedRun.Ended attacked = cell.way().in(run(journal), task.selected());
    int fired = armed.stream().mapToInt(Faults.Armed::fired).sum();
    List<String> sent = log.matching(CHANGES);
    var stranger = faults.stranger().map(other -> ((SimulatedCluster) other).replicas());
    Map<String, String> after = crate.replicas();
    faults.end();
    outside.removeIf(Fault.Outside::breaks);
    List<Boolean> sick = uuids.stream().map(this::isSick).toList();
    SteppedRun.Ended repaired = run(journal).resume();
    Map<String, String> end = crate.replicas();
    return IntStream.range(0, uuids.size())
        .mapToObj(
            i ->
                new Seen(
                    cell,
                    uuids.get(i),
                    fired,
                    List.copyOf(broken),
                    withoutOthers(uuids.get(i), before),
                    outcome(attacked),
                    sent,
                    stranger.orElse(Map.of()),
                    withoutOthers(uuids.get(i), after),
                    sick.get(i),
                    outcome(repaired),
                    withoutOthers(uuids.get(i), end)))
        .toList();
  }

  /** How many tables were at 0 at the same moment. */
  int mostAtZero() {
    return mostAtZero;
  }

  /** Without the others that were selected, too: each has a judge of its own. */
  private Map<String, String> withoutOthers(String uuid, Map<String, String> settings) {
    Map<String, String> rest = new HashMap<>(settings);
    uuids.stream().filter(other -> !other.equals(uuid)).forEach(rest::remove);
    return rest;
  }

  private static Operator.Outcome outcome(SteppedRun.Ended ended) {
    return new Operator.Outcome(ended.exitCode(), ended.words(), "");
  }

  private SteppedRun run(KeptJournal journal) {
    var server = new Wireless(crate, faults, log, timers, cell.wire());
    var pools = WirelessCluster.open(server, timers, this::watch, outside);
    return new SteppedRun(pools, timers, this::timeOfDay, journal, task.options());
  }

  /** By the clock of the client's machine. */
  private Instant timeOfDay() {
    return outside.contains(Fault.Outside.CLIENT_CLOCK_AHEAD)
        ? timers.now().plus(JUMP)
        : outside.contains(Fault.Outside.CLIENT_CLOCK_BEHIND)
            ? timers.now().minus(JUMP)
            : timers.now();
  }

  /** Before each statement: what is at 0 by now was journalled before, and may be. */
  private void watch() {
    Map<String, String> now = crate.replicas();
    List<String> atZero =
        before.keySet().stream().filter(index -> "0".equals(now.get(index))).toList();
    for (String index : atZero) {
      if (written.stream().noneMatch(entry -> isOf(entry, index))) {
        broken.add(
            uuids.contains(index)
                ? "an ALTER to 0 came before its original was in the journal"
                : "a table that was not selected is at 0");
      }
    }
    exposed(atZero);
  }

  private void exposed(List<String> atZero) {
    mostAtZero = Math.max(mostAtZero, atZero.size());
    long bytes = atZero.stream().mapToLong(sizes::get).sum();
    if (atZero.size() > task.limits().tables() || bytes > task.limits().bytes()) {
      broken.add("%d tables of %d bytes are at 0 at once".formatted(atZero.size(), bytes));
    }
    boolean undisturbed = armed.stream().noneMatch(Faults.Armed::begun);
    Duration longest = task.limits().longest().plus(undisturbed ? PUTTING_BACK : RESTORING);
    zeroSince.keySet().retainAll(atZero);
    for (String index : atZero) {
      Instant since = zeroSince.computeIfAbsent(index, first -> timers.now());
      if (timers.now().isAfter(since.plus(longest))) {
        broken.add("a table is at 0 for longer than " + longest);
      }
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
    List<String> all =
        log.matching(CHANGES + "|" + READS_A_SETTING).stream()
            .filter(text -> task.selected().stream().noneMatch(isOfAnother(entry, text)))
            .toList();
    boolean read = !all.isEmpty() && !all.get(all.size() - 1).matches("(?s)" + CHANGES + ".*");
    boolean changed = all.stream().anyMatch(text -> text.startsWith("ALTER"));
    if (changed && !read) {
      broken.add("its entry was closed without a look");
    }
  }

  private static Predicate<TableRef> isOfAnother(JournalEntry entry, String text) {
    return table -> !table.equals(entry.table()) && text.contains("\"" + table.name() + "\"");
  }

  /** What a node that hangs hides is not known to be sick. */
  private boolean isSick(String uuid) {
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
            Optional.of(new TableIdentity(id, IndexUuid.in(uuids.get(0)).orElseThrow())),
            new ReplicaSetting(cell.way().replicas),
            1,
            ResetState.MONITORING_LEASES,
            Optional.empty(),
            xmover.reset.machine.OpenEnds.NONE,
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
