package xmover.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collector;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.SslMode;

/**
 * One connection over the PostgreSQL wire, for one statement at a time. It sits in a pool of its
 * own, because closing a pool is what ends a connection that hangs: closing a busy connection would
 * wait for the server first.
 */
final class PgSession implements NodeSession {
  private final Pool pool;
  private final SqlConnection connection;
  private final ServerErrors errors;
  private volatile boolean broken;

  private PgSession(Pool pool, SqlConnection connection, ServerErrors errors) {
    this.pool = pool;
    this.connection = connection;
    this.errors = errors;
    connection.closeHandler(closed -> broken = true);
    // What breaks while nobody waits for an answer would be logged with a stack trace.
    connection.exceptionHandler(told -> broken = true);
  }

  /** Connects and logs in, or fails when that takes longer than the timeout. */
  static Future<NodeSession> open(
      Vertx vertx, PgConnectOptions options, Duration timeout, ServerErrors errors) {
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1).setConnectionTimeout(0))
            // Options that are given as they are would be copied, and lose their address.
            .connectingTo(() -> Future.succeededFuture(options))
            .using(vertx)
            .build();
    return pool.getConnection()
        .<NodeSession>map(connection -> new PgSession(pool, connection, errors))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failed -> pool.close());
  }

  @Override
  public boolean isBroken() {
    return broken;
  }

  /** True when a connection failed because the server speaks no TLS. */
  static boolean isTlsRefusal(Throwable thrown) {
    // The client has neither code nor type for it, nor for the next one.
    return "Postgres Server does not handle SSL connection".equals(thrown.getMessage());
  }

  /** True when a connection failed while TLS was agreed upon. */
  static boolean isTlsFailure(Throwable thrown) {
    return "SSL handshake failed".equals(thrown.getMessage());
  }

  /** The client's name of a mode. */
  static io.vertx.pgclient.SslMode sslMode(SslMode mode) {
    return io.vertx.pgclient.SslMode.of(mode.label());
  }

  /** How certificates are checked: by the witness, or not at all. */
  static ClientSSLOptions sslOptions(
      SslMode mode, Optional<TrustedCertificates.Witness> witness, Optional<KeyCertOptions> shown) {
    var ssl =
        new ClientSSLOptions()
            .setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    witness.ifPresentOrElse(
        checks -> ssl.setTrustOptions(TrustOptions.wrap(checks)), () -> ssl.setTrustAll(true));
    shown.ifPresent(ssl::setKeyCertOptions);
    return ssl;
  }

  @Override
  public Future<List<Row>> execute(Statement statement, Duration timeout) {
    if (!isCarried(statement)) {
      return Future.failedFuture(errors.notSent());
    }
    Collector<io.vertx.sqlclient.Row, ?, List<Row>> rows =
        Collector.of(Rows::new, Rows::add, (some, others) -> some, Rows::list);
    // CrateDB's text form of an array does not escape quotes, so reads are prepared: their answers
    // are binary. So is what has parameters.
    Future<SqlResult<List<Row>>> answer =
        statement.kind() == Statement.Kind.WRITE && statement.parameters().isEmpty()
            ? connection.query(statement.text()).collecting(rows).execute()
            : connection
                .preparedQuery(statement.text())
                .collecting(rows)
                .execute(Tuple.from(statement.parameters().stream().map(PgSession::wire).toList()));
    return answer
        .map(SqlResult::value)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .recover(thrown -> Future.failedFuture(failed(statement, thrown)));
  }

  private Throwable failed(Statement statement, Throwable thrown) {
    if (thrown instanceof PgException said) {
      return errors.postgres(statement, said);
    }
    // What the client can't read leaves the connection in disorder, whatever it throws.
    broken = true;
    return thrown;
  }

  @Override
  public Future<Void> close() {
    broken = true;
    return pool.close();
  }

  /**
   * The wire ends a statement at a NUL and reads the rest as something else; half of a surrogate
   * pair would arrive as a question mark, in the name of another table.
   */
  private static boolean isCarried(Statement statement) {
    return statement.text().indexOf('\0') < 0
        && isEncoded(statement.text())
        && statement.parameters().stream().allMatch(PgSession::isEncoded);
  }

  private static boolean isEncoded(Object value) {
    return value instanceof List<?> list
        ? list.stream().allMatch(PgSession::isEncoded)
        : !(value instanceof String text) || StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static Object wire(Object parameter) {
    if (parameter instanceof List<?> list) {
      return list.stream().allMatch(String.class::isInstance)
          ? list.toArray(String[]::new)
          : list.stream().map(element -> ((Number) element).longValue()).toArray(Long[]::new);
    }
    return parameter;
  }

  /** Takes the rows as they arrive, so that an answer is in memory once. */
  private static final class Rows {
    private final List<Row> list = new ArrayList<>();
    private Map<String, Integer> positions = Map.of();

    void add(io.vertx.sqlclient.Row row) {
      if (list.isEmpty()) {
        var columns = new ArrayList<String>();
        for (int i = 0; i < row.size(); i++) {
          columns.add(row.getColumnName(i));
        }
        positions = AnswerRow.positions(columns);
      }
      var cells = new Object[row.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = row.getValue(i);
      }
      list.add(AnswerRow.of(positions, cells));
    }

    List<Row> list() {
      return list;
    }
  }
}
