package xmover.reset.engine;

import io.vertx.core.Future;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import xmover.cluster.ClusterFailure;
import xmover.detect.Detection;
import xmover.detect.NamedTables;
import xmover.detect.NoSuchTable;
import xmover.reset.LeftTable;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardTotals;
import xmover.table.TableIdentity;
import xmover.table.TableRef;
import xmover.table.TableState;
import xmover.table.Verdict;

/**
 * What the journal says was begun and not ended, beside what the cluster says of it now.
 *
 * @param cluster every table and partition the user may see
 * @param unread why the cluster could not be looked at; empty when it was
 * @param typed of the entries those that no journal has: an operator named the table
 */
public record Unfinished(
    List<JournalEntry> entries,
    List<TableState> cluster,
    Optional<String> unread,
    Set<JournalEntry> typed) {
  public Unfinished {
    entries = List.copyOf(entries);
    cluster = List.copyOf(cluster);
    typed = Set.copyOf(typed);
  }

  /** What a journal says, and nothing else. */
  public Unfinished(List<JournalEntry> entries, List<TableState> cluster, Optional<String> unread) {
    this(entries, cluster, unread, Set.of());
  }

  /**
   * Entries of a journal, and the cluster as it is now; that it can't be looked at keeps nobody
   * from going on with them.
   */
  public static Future<Unfinished> of(List<JournalEntry> entries, Detection detection) {
    return detection
        .states()
        .map(states -> new Unfinished(entries, states, Optional.empty()))
        .otherwise(
            failure ->
                new Unfinished(entries, List.of(), Optional.of(ClusterFailure.sentence(failure))));
  }

  /** The entries by what this run calls their tables: what it is to go on with. */
  public Map<TableRef, JournalEntry> begun() {
    Map<TableRef, JournalEntry> begun = new LinkedHashMap<>();
    for (JournalEntry entry : entries) {
      begun.put(name(entry, begun.keySet()), entry);
    }
    return begun;
  }

  /** What it is called now; where nobody sees it, and another one was called so, with its uuid. */
  private TableRef name(JournalEntry entry, Set<TableRef> taken) {
    TableRef name = nameOf(entry);
    return taken.contains(name)
        ? TableRef.of(
            name.schema(),
            name.name() + entry.identity().map(who -> " (index " + who.uuid() + ")").orElse("'"))
        : name;
  }

  /** What its table is called now; as it was when its reset began while nobody sees it. */
  public TableRef nameOf(JournalEntry entry) {
    return state(entry).map(TableState::table).orElse(entry.table());
  }

  /** Whether its table is seen at 0 replicas. */
  public boolean isAtZero(JournalEntry entry) {
    return isZero(state(entry));
  }

  private static boolean isZero(Optional<TableState> state) {
    return state
        .flatMap(seen -> seen.relation().replicas())
        .filter(ReplicaSetting::isZero)
        .isPresent();
  }

  private Optional<TableState> state(JournalEntry entry) {
    return cluster.stream().filter(state -> state.is(entry.identity(), entry.table())).findFirst();
  }

  private JournalEntry restoring(JournalEntry entry) {
    return entry.restoring(isAtZero(entry));
  }

  /** The same, to be restored at once instead of waited for. */
  public Unfinished restoring() {
    return new Unfinished(
        entries.stream().map(this::restoring).toList(),
        cluster,
        unread,
        typed.stream().map(this::restoring).collect(Collectors.toSet()));
  }

  /**
   * The tables an operator named, unfinished or not; by the name they have, or had when their reset
   * began.
   *
   * @param to the setting to restore; empty for the one the journal remembers
   * @throws UnknownOriginal when a table has neither
   */
  public Unfinished named(List<String> names, Optional<ReplicaSetting> to, RunIdentity run) {
    Map<TableState, Optional<JournalEntry>> candidates = new LinkedHashMap<>();
    cluster.stream()
        // Whoever names what the journal knows means that, and not who has its name by now.
        .filter(state -> entry(state).isPresent() || !isBegunAs(state.table()))
        .forEach(state -> candidates.put(state, entry(state)));
    entries.forEach(entry -> candidates.putIfAbsent(gone(entry), Optional.of(entry)));
    List<JournalEntry> chosen =
        among(names, List.copyOf(candidates.keySet())).stream()
            .map(state -> entry(state, candidates.getOrDefault(state, Optional.empty()), to, run))
            .distinct()
            .toList();
    Set<JournalEntry> typed =
        chosen.stream().filter(entry -> entry.run().equals(run)).collect(Collectors.toSet());
    return new Unfinished(chosen, cluster, unread, typed);
  }

  /** Of a cluster that could not be looked at nobody knows whether it has no such table. */
  private List<TableState> among(List<String> names, List<TableState> candidates) {
    try {
      return new NamedTables(names).among(candidates);
    } catch (NoSuchTable unknown) {
      throw unread
          .<RuntimeException>map(
              reason -> new ClusterFailure(ClusterFailure.Kind.NOT_READY, reason, null, unknown))
          .orElse(unknown);
    }
  }

  private boolean isBegunAs(TableRef name) {
    return entries.stream().anyMatch(entry -> entry.table().isCalled(name));
  }

  private Optional<JournalEntry> entry(TableState state) {
    return entries.stream().filter(entry -> state.is(entry.identity(), entry.table())).findFirst();
  }

  private static JournalEntry entry(
      TableState state,
      Optional<JournalEntry> begun,
      Optional<ReplicaSetting> to,
      RunIdentity run) {
    ReplicaSetting original =
        to.or(() -> begun.map(JournalEntry::original))
            .orElseThrow(() -> new UnknownOriginal(state.table()));
    return begun
        .map(entry -> entry.restoring(isZero(Optional.of(state))).to(original))
        .orElseGet(
            () ->
                new JournalEntry(
                    run,
                    state.table(),
                    original,
                    state.totals().primaries(),
                    ResetState.RESTORING_REPLICAS,
                    Optional.empty(),
                    run.started()));
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
                                && other.identity().equals(entry.identity())
                                && !other.original().equals(entry.original())))
        .toList();
  }

  /** Whether something is unfinished here that is not among those chosen. */
  public boolean isMoreThan(Unfinished chosen) {
    Set<TableRef> named =
        chosen.entries.stream().map(JournalEntry::table).collect(Collectors.toSet());
    return !entries.stream().allMatch(entry -> named.contains(entry.table()));
  }

  /** What is unfinished here, may be at 0 replicas, and is not among those chosen. */
  public List<LeftTable> leftBy(Unfinished chosen) {
    Set<TableRef> named =
        chosen.entries.stream().map(JournalEntry::table).collect(Collectors.toSet());
    return begun().entrySet().stream()
        .filter(begun -> !named.contains(begun.getValue().table()))
        .filter(begun -> isZero(state(begun.getValue())) || state(begun.getValue()).isEmpty())
        .map(begun -> left(begun.getKey(), begun.getValue()))
        .toList();
  }

  private LeftTable left(TableRef name, JournalEntry entry) {
    Bytes size = state(entry).map(seen -> seen.totals().primaryBytes()).orElse(Bytes.ZERO);
    return new LeftTable(name, size, entry.since());
  }

  /** The same as findings, in the order they were begun; a table that is gone is among them. */
  public List<Finding> findings() {
    return begun().entrySet().stream()
        .map(begun -> finding(begun.getKey(), begun.getValue()))
        .toList();
  }

  private Finding finding(TableRef name, JournalEntry entry) {
    TableState state = state(entry).orElseGet(() -> unseen(name, entry));
    return new Finding(
        state.relation(), state.totals(), List.of(), Verdict.reset("begun by " + entry.run()));
  }

  private static TableState gone(JournalEntry entry) {
    return unseen(entry.table(), entry);
  }

  private static TableState unseen(TableRef name, JournalEntry entry) {
    return new TableState(
        new Relation(
            name,
            Optional.of(entry.original()),
            Optional.empty(),
            false,
            false,
            false,
            "",
            true,
            Optional.empty()),
        new ShardTotals(entry.primaries(), 0, 0, Optional.empty(), Optional.empty(), Bytes.ZERO, 0),
        entry.identity().map(TableIdentity::uuid));
  }

  /** What the cluster says of an entry's table, in words. */
  public String truth(JournalEntry entry) {
    Optional<TableState> state = state(entry);
    String truth = state.map(seen -> truth(entry, seen)).orElseGet(() -> unseen(entry));
    String now =
        state
            .map(TableState::table)
            .filter(name -> !name.isCalled(entry.table()))
            .map(name -> ", called " + name + " now")
            .orElse("");
    if (entry.identity().isPresent()) {
      return truth + now + stray(entry);
    }
    return truth
        + (typed.contains(entry)
            ? " (no journal knows it: you named it)"
            : " (known by its name alone: an older version began it)");
  }

  /** What the cluster says of another table that an ALTER to 0 has met. */
  private String stray(JournalEntry entry) {
    return cluster.stream()
        .filter(state -> isStray(state, entry))
        .filter(state -> state.relation().replicas().filter(ReplicaSetting::isZero).isPresent())
        .findFirst()
        .map(state -> "; " + state.table() + " IS AT 0 REPLICAS in its place")
        .orElse(
            entry.ends().strayUuid().isPresent()
                ? "; another table was set to 0 in its place"
                : "");
  }

  private static boolean isStray(TableState state, JournalEntry entry) {
    return state.uuid().isPresent() && state.uuid().equals(entry.ends().strayUuid());
  }

  private static String truth(JournalEntry entry, TableState state) {
    Optional<ReplicaSetting> now = state.relation().replicas();
    if (now.equals(Optional.of(entry.original()))) {
      return "restored";
    }
    if (now.isPresent() && now.equals(entry.ends().interim())) {
      return "at " + now.get() + " for the time being, as CrateDB refuses " + entry.original();
    }
    if (now.filter(ReplicaSetting::isZero).isPresent()) {
      return "AT 0 REPLICAS";
    }
    return now.map(setting -> "set to " + setting + " by somebody else")
        .orElse("its number_of_replicas is in an unknown form");
  }

  private String unseen(JournalEntry entry) {
    if (unread.isPresent()) {
      return "unknown";
    }
    return entry
        .ends()
        .missingSince()
        .map(since -> "missing since " + since.truncatedTo(ChronoUnit.SECONDS))
        .orElse("not to be seen");
  }

  /** Tables at 0 replicas that the journal does not explain. */
  public List<TableRef> unexplained() {
    return tables(
        state ->
            state.relation().replicas().filter(ReplicaSetting::isZero).isPresent()
                && entry(state).isEmpty()
                && entries.stream().noneMatch(entry -> isStray(state, entry)));
  }

  /** Tables with replicas of which some report nothing: unassigned, or still starting. */
  public List<TableRef> neverStarted() {
    return tables(state -> state.totals().unreported() > 0 && state.totals().replicas() > 0);
  }

  private List<TableRef> tables(Predicate<TableState> wanted) {
    return cluster.stream()
        .filter(wanted)
        .map(TableState::table)
        .sorted(Comparator.comparing(TableRef::toString))
        .toList();
  }
}
