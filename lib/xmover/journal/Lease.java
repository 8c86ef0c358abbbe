package xmover.journal;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.reset.RunIdentity;
import xmover.table.TableRef;

/** The one row that says which run holds the lock, and when it was last heard of. */
final class Lease {
  static final String COLUMNS =
      """
      id TEXT PRIMARY KEY, run_id TEXT, started_by TEXT, host TEXT, started TEXT,
        heartbeat TIMESTAMP WITH TIME ZONE\
      """;

  /**
   * The row as it was seen; only this version of it can be changed.
   *
   * @param silence since the last heartbeat, by the cluster's clocks alone
   */
  record Seen(RunIdentity holder, Duration silence, long seqNo, long primaryTerm) {
    boolean isHeldBy(RunIdentity run) {
      return holder.runId().equals(run.runId());
    }
  }

  private static final String ID = "run";
  private static final String UNCHANGED = " AND _seq_no = $%s AND _primary_term = $%s";

  private final Cluster cluster;
  private final String table;

  Lease(Cluster cluster, TableRef table) {
    this.cluster = cluster;
    this.table = table.sqlName();
  }

  /** The holder, if there is one; the row is found by its key, so no refresh is needed. */
  Future<Optional<Seen>> look() {
    return cluster
        .execute(
            Statement.read(
                "SELECT run_id, started_by, host, started, heartbeat::bigint AS heartbeat,"
                    + " now()::bigint AS now, _seq_no, _primary_term FROM "
                    + table
                    + " WHERE id = $1",
                ID))
        .map(rows -> rows.stream().findFirst().map(Lease::seen));
  }

  private static Seen seen(Row row) {
    return new Seen(
        new RunIdentity(
            text(row, "run_id"),
            text(row, "started_by"),
            text(row, "host"),
            Instant.parse(text(row, "started"))),
        Duration.ofMillis(number(row, "now") - number(row, "heartbeat")),
        number(row, "_seq_no"),
        number(row, "_primary_term"));
  }

  /** Takes it when nobody holds it; who has it then is to be looked at. */
  Future<Void> take(RunIdentity run) {
    return cluster
        .execute(
            Statement.write(
                "INSERT INTO "
                    + table
                    + " (id, run_id, started_by, host, started, heartbeat)"
                    + " VALUES ($1, $2, $3, $4, $5, now()) ON CONFLICT (id) DO NOTHING",
                ID,
                run.runId(),
                run.user(),
                run.host(),
                run.started().toString()))
        .mapEmpty();
  }

  /** Takes it from the holder that was seen, unless the row has changed since. */
  Future<Void> takeFrom(Seen seen, RunIdentity run) {
    return cluster
        .execute(
            Statement.write(
                "UPDATE "
                    + table
                    + " SET run_id = $1, started_by = $2, host = $3, started = $4,"
                    + " heartbeat = now() WHERE id = $5"
                    + UNCHANGED.formatted(6, 7),
                run.runId(),
                run.user(),
                run.host(),
                run.started().toString(),
                ID,
                seen.seqNo,
                seen.primaryTerm))
        .mapEmpty();
  }

  /** Says that the holder seen is alive, unless the row has changed since. */
  Future<Void> beat(Seen seen) {
    return cluster
        .execute(
            Statement.write(
                "UPDATE "
                    + table
                    + " SET heartbeat = now() WHERE id = $1"
                    + UNCHANGED.formatted(2, 3),
                ID,
                seen.seqNo,
                seen.primaryTerm))
        .mapEmpty();
  }

  /** Gives it up, unless the row has changed since. */
  Future<Void> giveUp(Seen seen) {
    return cluster
        .execute(
            Statement.write(
                "DELETE FROM " + table + " WHERE id = $1" + UNCHANGED.formatted(2, 3),
                ID,
                seen.seqNo,
                seen.primaryTerm))
        .mapEmpty();
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.text(column), column);
  }

  private static long number(Row row, String column) {
    return Objects.requireNonNull(row.number(column), column);
  }
}
