package xmover.journal.table;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.journal.JournalContents;
import xmover.journal.JournalFailure;
import xmover.journal.RowKey;
import xmover.reset.Journal;
import xmover.reset.PastReset;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/**
 * A journal in a table of the cluster itself, for whoever comes after this process, wherever that
 * is. A settled entry is removed at once, but never one that another run has written meanwhile. It
 * fails with a {@link JournalFailure}; the cluster is left open.
 */
public final class ClusterJournal implements Journal {
  /** Its rows stand elsewhere; they are written one after the other. */
  private static final RowKey HISTORY = new RowKey("", "history", "");

  private final Cluster cluster;
  private final OwnTable own;
  private final JournalSql sql;
  private final ClusterHistory history;
  private final Map<RowKey, Future<Void>> writing = new HashMap<>();
  private final Set<String> inherited = new HashSet<>();

  /** Which columns the table lacks and what to do, in a sentence; empty when it has them all. */
  private volatile Optional<String> lacking = Optional.empty();

  /** What was written and is not settled. */
  private final Map<RowKey, JournalEntry> open = new ConcurrentHashMap<>();

  private final Consumer<String> told;

  private ClusterJournal(Cluster cluster, String schema, String table, Consumer<String> told) {
    this.cluster = cluster;
    this.told = told;
    TableRef name = TableRef.of(schema, table);
    this.own = new OwnTable(cluster, name, JournalSql.COLUMNS, JournalSql.LATER);
    this.sql = new JournalSql(name);
    this.history = new ClusterHistory(cluster, name);
  }

  /**
   * Opens the journal to write it, and creates its table where that is missing.
   *
   * @param told gets a sentence when rows were lost and had to be written anew
   */
  public static Future<ClusterJournal> open(
      Cluster cluster, String schema, String table, Consumer<String> told) {
    var journal = new ClusterJournal(cluster, schema, table, told);
    return journal
        .own
        .create()
        .recover(failure -> Future.failedFuture(journal.own.failure("created", failure)))
        .onSuccess(lacking -> journal.lacking = lacking)
        .compose(created -> journal.remembered())
        .map(readable -> journal);
  }

  /** What a journal says; nothing is created, and none there is an empty one. */
  public static Future<JournalContents> read(Cluster cluster, String schema, String table) {
    var journal = new ClusterJournal(cluster, schema, table, trouble -> {});
    return journal
        .own
        .exists()
        .recover(failure -> Future.failedFuture(journal.own.failure("read", failure)))
        .compose(
            there ->
                there ? journal.remembered() : Future.succeededFuture(JournalContents.NOTHING));
  }

  @Override
  public Future<Void> write(JournalEntry entry) {
    RowKey key = RowKey.of(entry);
    return inTurn(key, () -> entry.isSettled() ? settle(key, entry) : begin(key, entry));
  }

  private Future<Void> settle(RowKey key, JournalEntry entry) {
    open.remove(key);
    return remove(key, entry.run());
  }

  /** Before a further table goes to zero the others have to be there still. */
  private Future<Void> begin(RowKey key, JournalEntry entry) {
    List<JournalEntry> others = open.containsKey(key) ? List.of() : List.copyOf(open.values());
    return Future.all(others.stream().map(this::keep).toList())
        .compose(kept -> put(entry))
        .onSuccess(written -> open.put(key, entry));
  }

  /** Somebody may have emptied or dropped the table meanwhile. */
  private Future<Void> keep(JournalEntry other) {
    return cluster
        .execute(sql.writer(RowKey.of(other)))
        .map(List::isEmpty)
        .recover(gone -> own.create().map(true))
        .compose(lost -> lost ? rewrite(other) : Future.succeededFuture());
  }

  private Future<Void> rewrite(JournalEntry other) {
    told.accept(
        "the row of %s was not in %s any more, and is written anew"
            .formatted(other.table(), own.name().printedName()));
    return put(other);
  }

  /** Where columns are lacking, what an older version began is written as it did. */
  private Future<Void> put(JournalEntry entry) {
    JournalRow row = JournalRow.of(entry);
    if (lacking.isEmpty()) {
      return put(row.cells());
    }
    boolean asEver = entry.identity().isEmpty() && entry.ends().interim().isEmpty();
    return asEver ? put(row.cellsAsEver()) : Future.failedFuture(new JournalFailure(lacking.get()));
  }

  /** The resets that ended, oldest first; a journal that can't be read is no obstacle. */
  public static Future<List<PastReset>> history(Cluster cluster, String schema, String table) {
    return new ClusterHistory(cluster, TableRef.of(schema, table)).all();
  }

  @Override
  public Future<Void> remember(PastReset reset) {
    return afterOthers(HISTORY, () -> history.remember(reset));
  }

  @Override
  public Future<List<PastReset>> history() {
    return written().compose(before -> history.all());
  }

  @Override
  public Future<Void> hold(RebalanceHold hold) {
    return inTurn(RowKey.REBALANCING, () -> put(HoldRow.cells(hold)));
  }

  @Override
  public Future<Void> release(RebalanceHold hold) {
    return inTurn(RowKey.REBALANCING, () -> remove(RowKey.REBALANCING, hold.run()));
  }

  @Override
  public Future<Optional<RebalanceHold>> held() {
    return written().compose(before -> remembered()).map(JournalContents::held);
  }

  @Override
  public Future<List<JournalEntry>> unfinished() {
    return written()
        .compose(before -> remembered())
        .map(JournalContents::unfinished)
        .onSuccess(this::inherit);
  }

  @Override
  public Future<Void> close() {
    return written();
  }

  private Future<Void> inTurn(RowKey key, Supplier<Future<Void>> write) {
    return afterOthers(key, write)
        .recover(failure -> Future.failedFuture(own.failure("written", failure)));
  }

  /** Not everybody waits for a write, and the later one of a row must win. */
  private synchronized Future<Void> afterOthers(RowKey key, Supplier<Future<Void>> write) {
    Future<Void> before = writing.getOrDefault(key, Future.succeededFuture());
    Future<Void> after = before.transform(ended -> write.get());
    writing.put(key, after);
    after.onComplete(ended -> forget(key, after));
    return after;
  }

  private synchronized void forget(RowKey key, Future<Void> write) {
    writing.remove(key, write);
  }

  /** Completes when everything asked for before is written, or has failed. */
  private synchronized Future<Void> written() {
    return Future.join(List.copyOf(writing.values())).otherwiseEmpty().mapEmpty();
  }

  private Future<Void> put(List<Object> cells) {
    return cluster.execute(sql.put(cells)).mapEmpty();
  }

  private Future<Void> remove(RowKey key, RunIdentity run) {
    return cluster
        .execute(sql.writer(key))
        .compose(
            rows ->
                rows.stream().anyMatch(row -> isOurs(row, run))
                    ? remove(key, rows.get(0))
                    : Future.succeededFuture());
  }

  private Future<Void> remove(RowKey key, Row row) {
    long seqNo = Objects.requireNonNull(row.number("_seq_no"));
    long primaryTerm = Objects.requireNonNull(row.number("_primary_term"));
    return cluster.execute(sql.remove(key, seqNo, primaryTerm)).mapEmpty();
  }

  private synchronized boolean isOurs(Row row, RunIdentity run) {
    String writer = row.text("run_id");
    return run.runId().equals(writer) || inherited.contains(writer);
  }

  /** Whoever reads what is unfinished goes on with it, and may settle it. */
  private synchronized void inherit(List<JournalEntry> entries) {
    entries.forEach(entry -> inherited.add(entry.run().runId()));
  }

  private Future<JournalContents> remembered() {
    return own.refresh()
        .compose(refreshed -> cluster.execute(sql.all()))
        .map(this::remembered)
        .recover(failure -> Future.failedFuture(own.failure("read", failure)));
  }

  private JournalContents remembered(List<Row> rows) {
    return new JournalContents(
        rows.stream()
            .filter(row -> !RowKey.REBALANCING.isOf(row))
            .map(row -> JournalRow.read(row, own.name()))
            .sorted(Comparator.comparing(JournalRow::begun))
            .map(JournalRow::entry)
            .toList(),
        rows.stream()
            .filter(RowKey.REBALANCING::isOf)
            .map(row -> HoldRow.read(row, own.name()))
            .findFirst());
  }
}
