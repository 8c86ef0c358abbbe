package xmover.journal.table;

import static java.util.stream.Collectors.joining;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.journal.HostProcess;
import xmover.journal.table.OwnTable.Column;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/** The one row that says which run holds the lock, and when it was last heard of. */
final class Lease {
  static final String COLUMNS =
      """
      id TEXT PRIMARY KEY, run_id TEXT, started_by TEXT, host TEXT, started TEXT,
        heartbeat TIMESTAMP WITH TIME ZONE\
      """;

  /**
   * The process of the holder. A version without these columns takes the lock and leaves them as
   * they are, so they say of which run they are.
   */
  static final List<Column> PROCESS_COLUMNS =
      List.of(
          new Column("process_run_id", "TEXT"),
          new Column("pid", "BIGINT"),
          new Column("process_start", "BIGINT"),
          new Column("boot_id", "TEXT"),
          new Column("pid_namespace", "TEXT"));

  private static final List<String> HOLDER = List.of("run_id", "started_by", "host", "started");

  /**
   * The row as it was seen; only this version of it can be changed.
   *
   * @param process the holder's, where that is known
   * @param silence since the last heartbeat, by the cluster's clocks alone
   */
  record Seen(
      RunIdentity holder,
      Optional<HostProcess> process,
      Duration silence,
      long seqNo,
      long primaryTerm) {
    boolean isHeldBy(RunIdentity run) {
      return holder.runId().equals(run.runId());
    }
  }

  private static final String ID = "run";
  private static final String UNCHANGED =
      " WHERE id = $%s AND _seq_no = $%s AND _primary_term = $%s";

  private final Cluster cluster;
  private final String table;
  private final Optional<HostProcess> me;
  private final List<String> columns;

  /**
   * @param me this process; empty where it is not known, or the table lacks the columns for it
   */
  Lease(Cluster cluster, TableRef table, Optional<HostProcess> me) {
    this.cluster = cluster;
    this.table = table.sqlName();
    this.me = me;
    this.columns = new ArrayList<>(HOLDER);
    me.ifPresent(known -> PROCESS_COLUMNS.forEach(column -> columns.add(column.name())));
  }

  /** The holder, if there is one; the row is found by its key, so no refresh is needed. */
  Future<Optional<Seen>> look() {
    return cluster
        .execute(
            Statement.read(
                "SELECT %s, heartbeat::bigint AS heartbeat, now()::bigint AS now, _seq_no, _primary_term FROM %s WHERE id = $1"
                    .formatted(String.join(", ", columns), table),
                ID))
        .map(rows -> rows.stream().findFirst().map(this::seen));
  }

  private Seen seen(Row row) {
    return new Seen(
        new RunIdentity(
            text(row, "run_id"),
            text(row, "started_by"),
            text(row, "host"),
            Instant.parse(text(row, "started"))),
        me.flatMap(known -> process(row)),
        Duration.ofMillis(number(row, "now") - number(row, "heartbeat")),
        number(row, "_seq_no"),
        number(row, "_primary_term"));
  }

  private static Optional<HostProcess> process(Row row) {
    return text(row, "run_id").equals(row.text("process_run_id"))
        ? Optional.of(
            new HostProcess(
                number(row, "pid"),
                number(row, "process_start"),
                text(row, "boot_id"),
                text(row, "pid_namespace")))
        : Optional.empty();
  }

  /** Whether the holder seen is a dead process of this host; false when that can't be known. */
  boolean isDead(Seen seen) {
    return me.isPresent() && seen.process().filter(me.get()::seesDead).isPresent();
  }

  /** Takes it when nobody holds it; who has it then is to be looked at. */
  Future<Void> take(RunIdentity run) {
    List<Object> cells = cells(run);
    cells.add(ID);
    String values =
        IntStream.rangeClosed(1, cells.size()).mapToObj(i -> "$" + i).collect(joining(", "));
    return write(
        "INSERT INTO %s (%s, id, heartbeat) VALUES (%s, now()) ON CONFLICT (id) DO NOTHING"
            .formatted(table, String.join(", ", columns), values),
        cells);
  }

  /** Takes it from the holder that was seen, unless the row has changed since. */
  Future<Void> takeFrom(Seen seen, RunIdentity run) {
    String values =
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i) + " = $" + (i + 1))
            .collect(joining(", "));
    return change("UPDATE " + table + " SET " + values + ", heartbeat = now()", cells(run), seen);
  }

  /** Says that the holder seen is alive, unless the row has changed since. */
  Future<Void> beat(Seen seen) {
    return change("UPDATE " + table + " SET heartbeat = now()", List.of(), seen);
  }

  /** Gives it up, unless the row has changed since. */
  Future<Void> giveUp(Seen seen) {
    return change("DELETE FROM " + table, List.of(), seen);
  }

  /** In the order of the columns. */
  private List<Object> cells(RunIdentity run) {
    List<Object> cells =
        new ArrayList<>(List.of(run.runId(), run.user(), run.host(), run.started().toString()));
    me.ifPresent(
        process ->
            cells.addAll(
                List.of(
                    run.runId(),
                    process.pid(),
                    process.start(),
                    process.bootId(),
                    process.pidNamespace())));
    return cells;
  }

  private Future<Void> change(String what, List<Object> cells, Seen seen) {
    List<Object> parameters = new ArrayList<>(cells);
    parameters.addAll(List.of(ID, seen.seqNo(), seen.primaryTerm()));
    int next = cells.size() + 1;
    return write(what + UNCHANGED.formatted(next, next + 1, next + 2), parameters);
  }

  private Future<Void> write(String statement, List<Object> parameters) {
    return cluster.execute(Statement.write(statement, parameters.toArray())).mapEmpty();
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.text(column), column);
  }

  private static long number(Row row, String column) {
    return Objects.requireNonNull(row.number(column), column);
  }
}
