package xmover.cluster.connection;

import cratesim.SqlEndpoint;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlAnswer.Column;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import cratesim.wire.NodeIdentity;
import cratesim.wire.SimulatedServer;
import cratesim.wire.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.wire.Clusters;

/** Both wires over canned answers; the user {@code ops} has the password {@code s3cret}. */
public final class TinyCrateDb implements SqlEndpoint, AutoCloseable {
  public static final String PASSWORD = "s3cret";

  /** Names ops, and is signed by nobody. */
  static final String TOKEN =
      "eyJhbGciOiJSUzI1NiJ9."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString("{\"username\":\"ops\"}".getBytes(StandardCharsets.UTF_8))
          + ".s1gned";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final NodeIdentity NODE = new NodeIdentity("tiny", "data-hot-1", "6.3.7");

  public final Vertx vertx = Vertx.vertx();
  public final Faults faults = new Faults();
  public final StatementLog log = new StatementLog(InstantSource.system());
  private final Map<String, SqlAnswer> answers = new ConcurrentHashMap<>();
  private final SimulatedServer server;

  public TinyCrateDb() {
    this("tiny", null);
  }

  public TinyCrateDb(@Nullable Tls tls) {
    this("tiny", tls);
  }

  /** A cluster of this id. */
  public TinyCrateDb(String id) {
    this(id, null);
  }

  private TinyCrateDb(String id, @Nullable Tls tls) {
    says("CrateDB 6.3.7 (built 1234567/NA, Linux 6.1 amd64)");
    becomes(id);
    answering("SELECT 1", List.of(new Column("1", ColumnType.INTEGER)), 1);
    var settings = new SimulatedServer.Settings(NODE, 0, 0, tls);
    server = get(SimulatedServer.start(vertx, this, settings, faults, log));
  }

  /** What it answers when asked for its version. */
  public void says(String version) {
    answering(
        "SELECT version() AS version", List.of(new Column("version", ColumnType.TEXT)), version);
  }

  /** The id of its cluster from now on: where its address leads has changed hands. */
  public void becomes(String id) {
    answering(
        "SELECT id, version() AS version FROM sys.cluster",
        List.of(new Column("id", ColumnType.TEXT), new Column("version", ColumnType.TEXT)),
        id,
        "CrateDB 6.3.7");
  }

  public void answering(String statement, List<Column> columns, Object... row) {
    answers.put(statement, new SqlAnswer(columns, List.of(Arrays.asList(row)), "SELECT", 1));
  }

  public int port(Transport transport) {
    return transport == Transport.HTTP ? server.httpPort() : server.pgPort();
  }

  /** One host, no TLS, the user crate. */
  public ConnectionSettings settings(Transport transport) {
    return settings(transport, Credentials.of("crate"), SslMode.DISABLE, "localhost");
  }

  public ConnectionSettings settings(
      Transport transport, Credentials credentials, SslMode tls, String host) {
    return settings(transport, credentials, tls, host, PATIENCE);
  }

  private ConnectionSettings settings(
      Transport transport, Credentials credentials, SslMode tls, String host, Duration answer) {
    return new ConnectionSettings(
        transport,
        List.of(new HostPort(host, port(transport))),
        "doc",
        credentials,
        tls,
        Optional.empty(),
        new Timeouts(PATIENCE, answer, answer),
        1,
        false);
  }

  public Cluster open(Transport transport) {
    return Clusters.open(vertx, settings(transport));
  }

  /** Waits no longer than a second for an answer. */
  public Cluster openImpatient(Transport transport) {
    Credentials crate = Credentials.of("crate");
    return Clusters.open(
        vertx, settings(transport, crate, SslMode.DISABLE, "localhost", Duration.ofSeconds(1)));
  }

  public static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  /** The failure of a statement that must fail as the interface promises. */
  public static ClusterFailure failure(Future<?> future) {
    return (ClusterFailure)
        get(
            future.transform(
                result ->
                    result.failed()
                        ? Future.succeededFuture(result.cause())
                        : Future.failedFuture("did not fail: " + result.result())));
  }

  @Override
  public boolean authenticates(String user, String password) {
    return user.equals("crate")
        || (user.equals("ops") && List.of(PASSWORD, TOKEN).contains(password));
  }

  @Override
  public boolean needsPassword(String user) {
    return user.equals("ops");
  }

  @Override
  public List<Column> describe(String user, String statement) throws SqlError {
    return answer(statement).columns();
  }

  @Override
  public SqlAnswer execute(String user, String statement, List<Object> parameters) throws SqlError {
    return answer(statement);
  }

  private SqlAnswer answer(String statement) throws SqlError {
    if (statement.startsWith("ALTER")) {
      return new SqlAnswer(List.of(), List.of(), "ALTER", -1);
    }
    SqlAnswer answer = answers.get(statement);
    if (answer == null) {
      throw new SqlError(404, 4041, "42P01", "RelationUnknown[Relation 'doc.nope' unknown]");
    }
    return answer;
  }

  @Override
  public void close() {
    get(server.close());
    get(vertx.close());
  }
}
