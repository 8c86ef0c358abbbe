package xmover.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import xmover.cluster.Cluster;
import xmover.detect.ClusterIdentity;
import xmover.environment.Timers;
import xmover.gates.GateWait;
import xmover.gates.Preflight;
import xmover.gates.RecurrenceGate;
import xmover.gates.SafetyGate;
import xmover.gates.SnapshotAgeGate;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.EarlierResets;
import xmover.gates.view.HealthWatch;
import xmover.gates.view.NewestSnapshots;
import xmover.gates.view.OwnChanges;
import xmover.gates.view.TableReader;
import xmover.remedy.MoveTargets;
import xmover.reset.Gate;
import xmover.reset.ResetHistory;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;

/** The gates of a run and the watch that they rely on while it goes on. */
final class Guards {
  private final Timers timers;
  private final HealthWatch watch;
  private final RunListener listener;
  private final ClusterReader clusterReader;
  private final TableReader tableReader;
  private final NewestSnapshots snapshots;
  private final OwnChanges ours;
  private Optional<GateWait> patience = Optional.empty();

  /**
   * @param cluster asked again where that helps
   * @param plain the same, asked once
   * @param identity as it was when the tables were detected
   * @param detected when the tables were detected
   * @param ours what the run changed itself
   * @param listener is told what is waited for
   * @param red is told when the cluster turns RED
   */
  Guards(
      Cluster cluster,
      Cluster plain,
      Timers timers,
      ClusterIdentity identity,
      Instant detected,
      OwnChanges ours,
      RunListener listener,
      Consumer<String> red) {
    this.timers = timers;
    this.ours = ours;
    this.listener = listener;
    this.clusterReader = new ClusterReader(cluster, timers, identity.versions(), listener);
    this.tableReader = new TableReader(cluster, timers, detected, ours.sent(), listener);
    this.snapshots = new NewestSnapshots(cluster, timers);
    this.watch = new HealthWatch(plain, timers, identity.nodes(), red);
  }

  /** Watches from now on. */
  void start() {
    watch.start();
  }

  /** Watches no more, and waits for no table. */
  void stop() {
    watch.stop();
    patience.ifPresent(GateWait::end);
  }

  /**
   * What is asked before each table.
   *
   * @param history the resets that ended before; what can't be read is told by the gate
   */
  Gate gate(RunOptions how, ResetHistory history) {
    List<SafetyGate> gates = new ArrayList<>(Preflight.GATES);
    gates.add(new RecurrenceGate(how.recurrence(), timers::now));
    how.snapshot().map(SnapshotAgeGate::new).ifPresent(gates::add);
    gates.addAll(how.ownGates());
    var waits =
        new GateWait(
            timers,
            ours.sent(),
            how.gateWait(),
            (table, gate) -> listener.on(new RunEvent.GateAwaited(table, gate)));
    patience = Optional.of(waits);
    return new Preflight(
        gates,
        how.ignored(),
        watch,
        clusterReader,
        tableReader,
        snapshots,
        new EarlierResets(history, timers),
        ours.dropped(),
        waits);
  }

  /** What finds the nodes that copies are moved to. */
  MoveTargets targets() {
    return new MoveTargets(clusterReader, tableReader);
  }
}
