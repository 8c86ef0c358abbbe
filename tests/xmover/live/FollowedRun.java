package xmover.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Hidden;
import xmover.detect.Thresholds;
import xmover.environment.SteppedTimers;
import xmover.observe.RunObserver;
import xmover.reset.GateVerdict;
import xmover.reset.RecoveryReading;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.TestResults;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.ResetEvent;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetMachine;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.reset.machine.ZeroAlter;
import xmover.table.Finding;
import xmover.table.IndexUuid;
import xmover.table.LeaseReading;
import xmover.table.LeaseReading.Shard;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;

/** A run that a {@link RunProgress} follows, in steps that a test takes and time that it moves. */
public final class FollowedRun {
  public static final ResetPolicy POLICY =
      new ResetPolicy(
          Duration.ofMinutes(12),
          Optional.of(Duration.ofMinutes(10)),
          Backoff.Ladder.HANDBOOK,
          false);

  public static final RunIdentity RUN =
      new RunIdentity("run-1", "ops", "laptop", Instant.parse("2024-01-15T10:30:00Z"));

  public static final ClusterIdentity CLUSTER =
      new ClusterIdentity("c1", "drill", List.of("6.3.7"), List.of("a", "b"), "crate", true, "all");

  public final SteppedTimers time = new SteppedTimers();
  public final RunProgress progress = new RunProgress(RUN, time);
  private final ResetMachine machine = new ResetMachine(POLICY);
  private final List<RunObserver> watching = new ArrayList<>(List.of(progress));
  private final Map<String, ResetJob> jobs = new HashMap<>();

  /** A run that has chosen these tables. */
  public static FollowedRun of(String... tables) {
    var run = new FollowedRun();
    run.progress.on(new RunEvent.RunStarted(RUN, CLUSTER));
    run.progress.on(
        new RunEvent.Analysed(
            new Analysis(CLUSTER, Thresholds.DEFAULT, List.of(), Hidden.NOTHING), POLICY));
    run.progress.on(new RunEvent.Chosen(Stream.of(tables).map(FollowedRun::finding).toList()));
    return run;
  }

  public static Finding finding(String table) {
    return TestResults.of(table, "completed").finding();
  }

  /** From now on it is told of the steps, too. */
  public void watch(RunObserver observer) {
    watching.add(observer);
  }

  private void tell(RunEvent event) {
    watching.forEach(observer -> observer.on(event));
  }

  /** Does what the word says with a table of four shards and the replicas {@code 0-1}. */
  public void step(String table, String word) {
    switch (word) {
      case "begin" -> {
        jobs.put(table, ResetJob.detected(finding(table).table(), time.now()));
        on(table, new ResetEvent.Started());
        on(
            table,
            new ResetEvent.SettingRead(
                Optional.of(new ReplicaSetting("0-1")),
                4,
                Optional.of(new TableIdentity("c1", new IndexUuid("u1")))));
      }
      case "zero" -> on(table, new ResetEvent.ZeroSeen(ZeroAlter.SEEN));
      case "look 8", "look 6" -> look(table, Integer.parseInt(word.substring(5)));
      case "cleared" -> {
        look(table, 4);
        on(table, new ResetEvent.LeasesRead(reading(4)));
      }
      case "restored" -> on(table, new ResetEvent.RestoreSeen(false, false));
      case "wait" ->
          progress.on(
              new RunEvent.LeasesAwaited(
                  jobs.get(table), 3, 9, Duration.ofSeconds(22), "2 leases of 2 shards"));
      case "recovering" ->
          progress.on(new RunEvent.Recovering(finding(table), new RecoveryReading(8, 5, 62.4)));
      case "gates" ->
          progress.on(
              new RunEvent.GatesAsked(
                  finding(table),
                  List.of(
                      GateVerdict.open("health", "GREEN"),
                      GateVerdict.shut("snapshot", "a snapshot runs", "wait for it").ignored())));
      case "lost" -> on(table, new ResetEvent.RestoreFailed("node down"));
      default -> tell(new RunEvent.TableEnded(TestResults.of(table, word)));
    }
  }

  /** The run ends; the words tell what became of its tables, each as {@code doc.t=cured}. */
  public void over(int exitCode, String... results) {
    var all =
        Stream.of(results)
            .map(result -> result.split("=(?=[a-z_]+$)", 2))
            .map(parts -> TestResults.of(parts[0], parts[1]))
            .toList();
    progress.on(
        new RunEvent.RunEnded(
            new RunReport(time.now().minusSeconds(90), time.now(), all, 0), exitCode));
  }

  ResetJob job(String table) {
    return jobs.get(table);
  }

  TableProgress table(String name) {
    return progress.snapshot().tables().stream()
        .filter(table -> table.table().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void look(String table, int leases) {
    tell(new RunEvent.LeasesLookedAt(jobs.get(table), reading(leases)));
  }

  /** Eight leases at the start, two at each of four primaries; four once they are cleared. */
  private static LeaseReading reading(int leases) {
    return new LeaseReading(
        4,
        Stream.of(0, 1, 2, 3)
            .map(
                shard ->
                    new Shard(
                        shard,
                        "a",
                        "STARTED",
                        shard < leases - 4
                            ? List.of("peer recovery", "peer recovery")
                            : List.of("peer recovery")))
            .toList());
  }

  private void on(String table, ResetEvent event) {
    ResetJob before = jobs.get(table);
    ResetJob after = machine.on(before, event, time.now()).job();
    jobs.put(table, after);
    if (before.state() != after.state()) {
      tell(new RunEvent.Transition(before, after));
    }
  }
}
