package xmover.journal;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.reset.Journal;
import xmover.reset.JournalEntry;
import xmover.table.TableRef;

/**
 * A journal in a table of the cluster itself, for whoever comes after this process, wherever that
 * is. A settled entry is removed at once, but never one that another run has written meanwhile. It
 * fails with a {@link JournalFailure}; the cluster is left open.
 */
public final class ClusterJournal implements Journal {
  private final Cluster cluster;
  private final OwnTable own;
  private final JournalSql sql;
  private final Map<TableRef, Future<Void>> writing = new HashMap<>();
  private final Set<String> inherited = new HashSet<>();

  private ClusterJournal(Cluster cluster, String schema, String table) {
    this.cluster = cluster;
    TableRef name = TableRef.of(schema, table);
    this.own = new OwnTable(cluster, name, JournalSql.COLUMNS);
    this.sql = new JournalSql(name);
  }

  /** Opens the journal to write it, and creates its table where that is missing. */
  public static Future<ClusterJournal> open(Cluster cluster, String schema, String table) {
    var journal = new ClusterJournal(cluster, schema, table);
    return journal
        .own
        .create()
        .recover(failure -> Future.failedFuture(journal.own.failure("created", failure)))
        .compose(created -> journal.entries())
        .map(readable -> journal);
  }

  /** What a journal says is unfinished; nothing is created, and none there is an empty one. */
  public static Future<List<JournalEntry>> read(Cluster cluster, String schema, String table) {
    var journal = new ClusterJournal(cluster, schema, table);
    return journal
        .own
        .exists()
        .recover(failure -> Future.failedFuture(journal.own.failure("read", failure)))
        .compose(there -> there ? journal.entries() : Future.succeededFuture(List.of()));
  }

  @Override
  public Future<Void> write(JournalEntry entry) {
    return afterOthers(entry.table(), () -> entry.isSettled() ? remove(entry) : put(entry))
        .recover(failure -> Future.failedFuture(own.failure("written", failure)));
  }

  @Override
  public Future<List<JournalEntry>> unfinished() {
    return written().compose(before -> entries()).onSuccess(this::inherit);
  }

  @Override
  public Future<Void> close() {
    return written();
  }

  /** Not everybody waits for a write, and the later one of a table must win. */
  private synchronized Future<Void> afterOthers(TableRef table, Supplier<Future<Void>> write) {
    Future<Void> before = writing.getOrDefault(table, Future.succeededFuture());
    Future<Void> after = before.transform(ended -> write.get());
    writing.put(table, after);
    after.onComplete(ended -> forget(table, after));
    return after;
  }

  private synchronized void forget(TableRef table, Future<Void> write) {
    writing.remove(table, write);
  }

  /** Completes when everything asked for before is written, or has failed. */
  private synchronized Future<Void> written() {
    return Future.join(List.copyOf(writing.values())).otherwiseEmpty().mapEmpty();
  }

  private Future<Void> put(JournalEntry entry) {
    return cluster.execute(sql.put(JournalRow.of(entry))).mapEmpty();
  }

  private Future<Void> remove(JournalEntry entry) {
    return cluster
        .execute(sql.writer(entry.table()))
        .compose(
            rows ->
                rows.stream().anyMatch(row -> isOurs(row, entry))
                    ? remove(entry.table(), rows.get(0))
                    : Future.succeededFuture());
  }

  private Future<Void> remove(TableRef table, Row row) {
    long seqNo = Objects.requireNonNull(row.number("_seq_no"));
    long primaryTerm = Objects.requireNonNull(row.number("_primary_term"));
    return cluster.execute(sql.remove(table, seqNo, primaryTerm)).mapEmpty();
  }

  private synchronized boolean isOurs(Row row, JournalEntry entry) {
    String writer = row.text("run_id");
    return entry.run().runId().equals(writer) || inherited.contains(writer);
  }

  /** Whoever reads what is unfinished goes on with it, and may settle it. */
  private synchronized void inherit(List<JournalEntry> entries) {
    entries.forEach(entry -> inherited.add(entry.run().runId()));
  }

  private Future<List<JournalEntry>> entries() {
    return own.refresh()
        .compose(refreshed -> cluster.execute(sql.all()))
        .map(this::entries)
        .recover(failure -> Future.failedFuture(own.failure("read", failure)));
  }

  private List<JournalEntry> entries(List<Row> rows) {
    List<JournalRow> read = new ArrayList<>();
    rows.forEach(row -> read.add(JournalRow.read(row, own.name())));
    return read.stream()
        .sorted(Comparator.comparing(JournalRow::begun))
        .map(JournalRow::entry)
        .toList();
  }
}
