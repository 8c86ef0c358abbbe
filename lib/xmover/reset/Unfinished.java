package xmover.reset;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xmover.detect.Detection;
import xmover.detect.NamedTables;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.TableState;
import xmover.table.Verdict;

/** What the journal says was begun and not ended, beside what the cluster says of it now. */
public record Unfinished(List<JournalEntry> entries, Map<TableRef, TableState> cluster) {
  public Unfinished {
    entries = List.copyOf(entries);
    cluster = Map.copyOf(cluster);
  }

  /** Entries of a journal, and the cluster as it is now. */
  public static Future<Unfinished> of(List<JournalEntry> entries, Detection detection) {
    return detection.states().map(states -> new Unfinished(entries, byTable(states)));
  }

  private static Map<TableRef, TableState> byTable(Collection<TableState> states) {
    return states.stream()
        .collect(Collectors.toMap(state -> state.relation().table(), Function.identity()));
  }

  /** The entries by table: what a run is to go on with. */
  public Map<TableRef, JournalEntry> begun() {
    return entries.stream().collect(Collectors.toMap(JournalEntry::table, Function.identity()));
  }

  /** The same, to be restored at once instead of waited for. */
  public Unfinished restoring() {
    return new Unfinished(entries.stream().map(JournalEntry::restoring).toList(), cluster);
  }

  /**
   * The tables an operator named, unfinished or not.
   *
   * @param to the setting to restore; empty for the one the journal remembers
   * @throws UnknownOriginal when a table has neither
   */
  public Unfinished named(List<String> names, Optional<ReplicaSetting> to, RunIdentity run) {
    Map<TableRef, JournalEntry> begun = begun();
    return new Unfinished(
        new NamedTables(names)
            .among(List.copyOf(cluster.values())).stream()
                .map(state -> entry(state, begun.get(state.relation().table()), to, run))
                .toList(),
        cluster);
  }

  private static JournalEntry entry(
      TableState state,
      @Nullable JournalEntry begun,
      Optional<ReplicaSetting> to,
      RunIdentity run) {
    TableRef table = state.relation().table();
    ReplicaSetting original =
        to.or(() -> Optional.ofNullable(begun).map(JournalEntry::original))
            .orElseThrow(() -> new UnknownOriginal(table));
    return new JournalEntry(
        begun == null ? run : begun.run(),
        table,
        original,
        state.totals().primaries(),
        ResetState.RESTORING_REPLICAS,
        Optional.empty(),
        begun == null ? run.started() : begun.at());
  }

  /** Those of these entries that shall be restored to something else than the journal remembers. */
  public List<JournalEntry> otherwiseIn(Unfinished chosen) {
    return entries.stream()
        .filter(
            entry ->
                chosen.entries.stream()
                    .anyMatch(
                        other ->
                            other.table().equals(entry.table())
                                && !other.original().equals(entry.original())))
        .toList();
  }

  /** The same as findings, in the order they were begun; a table that is gone is among them. */
  public List<Finding> findings() {
    return entries.stream().map(this::finding).toList();
  }

  private Finding finding(JournalEntry entry) {
    TableState state = Optional.ofNullable(cluster.get(entry.table())).orElse(gone(entry));
    return new Finding(
        state.relation(), state.totals(), List.of(), Verdict.reset("begun by " + entry.run()));
  }

  private static TableState gone(JournalEntry entry) {
    return new TableState(
        new Relation(
            entry.table(),
            Optional.of(entry.original()),
            Optional.empty(),
            false,
            false,
            false,
            "",
            true,
            Optional.empty()),
        new ShardTotals(
            entry.primaries(), 0, 0, Optional.empty(), Optional.empty(), Bytes.ZERO, 0));
  }

  /** What the cluster says of an entry's table, in words. */
  public String truth(JournalEntry entry) {
    TableState state = cluster.get(entry.table());
    if (state == null) {
      return "gone";
    }
    Optional<ReplicaSetting> now = state.relation().replicas();
    if (now.equals(Optional.of(entry.original()))) {
      return "restored";
    }
    return now.filter(ReplicaSetting::isZero).isPresent()
        ? "AT 0 REPLICAS"
        : "set to " + now.map(ReplicaSetting::text).orElse("?") + " by somebody else";
  }

  /** Tables at 0 replicas that the journal does not explain. */
  public List<TableRef> unexplained() {
    return tables(
        state ->
            state.relation().replicas().filter(ReplicaSetting::isZero).isPresent()
                && !begun().containsKey(state.relation().table()));
  }

  /** Tables with replicas of which some report nothing: unassigned, or still starting. */
  public List<TableRef> neverStarted() {
    return tables(state -> state.totals().unreported() > 0 && state.totals().replicas() > 0);
  }

  private List<TableRef> tables(Predicate<TableState> wanted) {
    return cluster.values().stream()
        .filter(wanted)
        .map(state -> state.relation().table())
        .sorted(Comparator.comparing(TableRef::toString))
        .toList();
  }
}
