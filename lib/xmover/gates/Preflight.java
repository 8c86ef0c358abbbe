package xmover.gates;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.ClusterView;
import xmover.gates.view.DroppedCopies;
import xmover.gates.view.EarlierResets;
import xmover.gates.view.HealthWatch;
import xmover.gates.view.NewestSnapshots;
import xmover.gates.view.Reading;
import xmover.gates.view.TableReader;
import xmover.gates.view.TableView;
import xmover.gates.view.View;
import xmover.reset.Gate;
import xmover.reset.GateVerdict;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * Looks at the cluster and at a table right before its turn, and asks every gate. Between the look
 * and the verdict nobody is asked again, so all gates judge the same moment. What passes by itself,
 * copies that move or start, is waited for a while.
 */
public final class Preflight implements Gate {
  /** The gates every run asks, in the order their verdicts are told. */
  public static final List<SafetyGate> GATES =
      List.of(
          new PrivilegeGate(),
          new VersionGate(),
          new HealthGate(),
          new TableGate(),
          new AllocationGate(),
          new DiskGate(),
          new ShardLimitGate(),
          new ActiveShardsGate(),
          new BlocksGate(),
          new SnapshotGate(),
          new OthersGate());

  /** The names of all gates: those of every run, and those that have to be asked for or told. */
  public static final List<String> NAMES =
      Stream.concat(
              GATES.stream().map(SafetyGate::name),
              Stream.of(SnapshotAgeGate.NAME, RecurrenceGate.NAME))
          .toList();

  private final List<SafetyGate> gates;
  private final IgnoredGates ignored;
  private final HealthWatch watch;
  private final ClusterReader cluster;
  private final TableReader table;
  private final NewestSnapshots snapshots;
  private final EarlierResets earlier;
  private final DroppedCopies dropped;
  private final GateWait patience;

  /**
   * @param watch started already, or never settled
   * @param dropped is told the copies that are seen
   */
  public Preflight(
      List<SafetyGate> gates,
      IgnoredGates ignored,
      HealthWatch watch,
      ClusterReader cluster,
      TableReader table,
      NewestSnapshots snapshots,
      EarlierResets earlier,
      DroppedCopies dropped,
      GateWait patience) {
    this.gates = List.copyOf(gates);
    this.ignored = ignored;
    this.watch = watch;
    this.cluster = cluster;
    this.table = table;
    this.snapshots = snapshots;
    this.earlier = earlier;
    this.dropped = dropped;
    this.patience = patience;
  }

  /** Whether a gate of that name has to do with a remedy. */
  public static boolean guards(String name, Remedy remedy) {
    return GATES.stream().anyMatch(gate -> gate.name().equals(name) && gate.guards(remedy));
  }

  @Override
  public Future<List<GateVerdict>> ask(Finding finding, Remedy remedy) {
    return patience.untilNothingPasses(finding, () -> askOnce(finding, remedy));
  }

  private Future<List<GateVerdict>> askOnce(Finding finding, Remedy remedy) {
    return watch
        .settled()
        .compose(settled -> look(finding, remedy))
        .map(view -> verdicts(finding, remedy, view));
  }

  private Future<View> look(Finding finding, Remedy remedy) {
    boolean trouble = watch.view().trouble().isPresent();
    var common = cluster.look(remedy.exposes());
    var own = table.look(finding.table(), trouble);
    var others = Future.all(dropped.unproven().stream().map(t -> lookAgain(t, trouble)).toList());
    var past = earlier.get();
    var age = snapshots(remedy);
    return Future.all(common, own, others, past, age)
        .map(all -> view(finding, common.result(), own.result(), age.result(), past.result()));
  }

  /** Read only for a gate that asks for it: that may take CrateDB long. */
  private Future<Reading<NewestSnapshots.Ages>> snapshots(Remedy remedy) {
    return gates.stream().anyMatch(g -> g instanceof SnapshotAgeGate && g.guards(remedy))
        ? snapshots.look()
        : Reading.notAsked();
  }

  /** A table nobody waits for any more may have its replicas back by now. */
  private Future<Void> lookAgain(TableRef other, boolean trouble) {
    return table
        .copies(other, trouble)
        .onSuccess(seen -> seen.value().ifPresent(copies -> dropped.seen(other, copies)))
        .mapEmpty();
  }

  private View view(
      Finding finding,
      ClusterView common,
      TableView own,
      Reading<NewestSnapshots.Ages> ages,
      Reading<List<PastReset>> past) {
    own.copies().value().ifPresent(copies -> dropped.seen(finding.table(), copies));
    return new View(watch.view(), common, own, dropped.bytesByNode(finding.table()), ages, past);
  }

  private List<GateVerdict> verdicts(Finding finding, Remedy remedy, View view) {
    return gates.stream()
        .filter(gate -> gate.guards(remedy))
        .map(gate -> ignored.apply(verdict(gate, finding, view)))
        .toList();
  }

  /** A gate that throws saw nothing: the others are asked all the same. */
  private static GateVerdict verdict(SafetyGate gate, Finding finding, View view) {
    try {
      return gate.judge(finding, view);
    } catch (RuntimeException thrown) {
      return GateVerdict.unread(
          gate.name(), "it could not be judged: " + thrown, "report this bug");
    }
  }
}
