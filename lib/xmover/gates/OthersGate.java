package xmover.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import xmover.cluster.sql.Sql;
import xmover.detect.CopyState;
import xmover.gates.view.ForeignStatement;
import xmover.gates.view.Reading;
import xmover.gates.view.SafetySettings;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.table.Finding;
import xmover.table.LeaseReading;
import xmover.table.Relation;
import xmover.table.ShardCopy;

/** Refuses what somebody else changed since it was detected, or is changing now. */
record OthersGate() implements SafetyGate {
  static final String NAME = "others";
  private static final String UNKNOWN = "unknown";
  private static final String LOOK = "ask who it is, then run again";

  private record Change(String told, boolean isSeen) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean guards(Remedy remedy) {
    return remedy != Remedy.NONE;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.table()
        .relation()
        .judge(
            NAME,
            view.table().copies(),
            (relation, copies) ->
                changed(finding.relation(), relation)
                    .or(() -> isOurs(view) ? Optional.empty() : moved(finding, copies))
                    .orElseGet(() -> statements(view, notes(finding, view, copies))));
  }

  /** A copy that this run moved, or made CrateDB move, is where it should be. */
  private static boolean isOurs(View view) {
    return view.table().stirred() || view.table().touched();
  }

  private static GateVerdict shut(String reason) {
    return GateVerdict.shut(NAME, reason, LOOK);
  }

  private static GateVerdict unread(String reason) {
    return GateVerdict.unread(NAME, reason, Reading.LOOK);
  }

  /** What is not told any more may be as it was. */
  private static Optional<GateVerdict> changed(Relation then, Relation now) {
    List<Change> changes = new ArrayList<>();
    compare("number_of_replicas", then, now, Relation::replicas, changes);
    compare("translog.flush_threshold_size", then, now, Relation::flushThreshold, changes);
    compare("write.wait_for_active_shards", then, now, Relation::waitForActiveShards, changes);
    compare("closed", then, now, Relation::closed, changes);
    compare("blocks.read_only", then, now, Relation::readOnly, changes);
    compare("blocks.metadata", then, now, Relation::metadataBlocked, changes);
    compare("version['created']", then, now, Relation::createdVersion, changes);
    String seen =
        changes.stream().filter(Change::isSeen).map(Change::told).collect(Collectors.joining(", "));
    return seen.isEmpty()
        ? changes.stream().findFirst().map(change -> unread(change.told()))
        : Optional.of(shut("changed since it was detected: " + seen));
  }

  private static void compare(
      String name,
      Relation then,
      Relation now,
      Function<Relation, Object> value,
      List<Change> changes) {
    String before = text(value.apply(then));
    String after = text(value.apply(now));
    if (!before.equals(after)) {
      String told = "%s was %s and is %s".formatted(name, before, after);
      changes.add(new Change(told, !after.equals(UNKNOWN)));
    }
  }

  private static String text(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(Object::toString).orElse(UNKNOWN)
        : value.toString().isEmpty() ? UNKNOWN : value.toString();
  }

  private static Optional<GateVerdict> moved(Finding finding, List<CopyState> copies) {
    return copies.isEmpty()
        ? Optional.of(unread("none of its copies can be seen"))
        : elsewhere(finding, copies).map(OthersGate::shut);
  }

  private static Optional<String> elsewhere(Finding finding, List<CopyState> copies) {
    return finding.shards().stream()
        .filter(shard -> copies.stream().noneMatch(copy -> isSame(shard, copy)))
        .findFirst()
        .map(
            shard ->
                "the problematic copy of shard %d is no longer on %s"
                    .formatted(shard.id(), shard.node()));
  }

  private static boolean isSame(ShardCopy shard, CopyState copy) {
    return copy.id() == shard.id()
        && copy.primary() == shard.primary()
        && copy.node().equals(Optional.of(shard.node()));
  }

  /** What is to be told though it refuses nothing. */
  private static List<String> notes(Finding finding, View view, List<CopyState> copies) {
    List<String> notes = new ArrayList<>();
    if (view.table().stirred() && !view.table().touched()) {
      elsewhere(finding, copies)
          .ifPresent(m -> notes.add(m + ", maybe because of what this run changed"));
    }
    String foreign = foreignLeases(copies);
    if (!foreign.isEmpty()) {
      notes.add("it has leases of others, which stay and are not counted: " + foreign);
    }
    return notes;
  }

  private static GateVerdict statements(View view, List<String> notes) {
    return view.table()
        .statements()
        .judge(
            NAME,
            statements ->
                told(statements, true, "somebody is changing it")
                    .or(() -> told(statements, false, "somebody changed it since it was detected"))
                    .map(OthersGate::shut)
                    .orElseGet(
                        () -> view.cluster().settings().judge(NAME, s -> undisturbed(s, notes))));
  }

  private static Optional<String> told(
      List<ForeignStatement> statements, boolean running, String what) {
    return statements.stream()
        .filter(statement -> statement.running() == running)
        .findFirst()
        .map(first -> what + ": " + first);
  }

  private static String foreignLeases(List<CopyState> copies) {
    return copies.stream()
        .flatMap(copy -> copy.leaseSources().stream())
        .filter(source -> !source.equals(LeaseReading.PEER_RECOVERY))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }

  private static GateVerdict undisturbed(SafetySettings settings, List<String> told) {
    List<String> notes = new ArrayList<>(told);
    if (!settings.jobsTold()) {
      notes.add("statements of others can't be seen: stats.enabled or stats.jobs_log_size is off");
    } else if (!settings.seesEveryJob()) {
      notes.add("statements of others can't be seen without " + Sql.grantAl(settings.user()));
    }
    return notes.isEmpty()
        ? GateVerdict.open(NAME, "nobody else changed it since it was detected")
        : GateVerdict.told(NAME, String.join("; ", notes));
  }
}
