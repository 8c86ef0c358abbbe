package cratesim.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.SimulatedCluster;
import cratesim.SqlEndpoint;
import cratesim.faults.Fault;
import cratesim.faults.FaultCatalogue;
import cratesim.faults.FaultyWire;
import cratesim.faults.KnownFault;
import cratesim.faults.Moment;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.Sql;
import xmover.cluster.sql.UuidColumn;
import xmover.table.Bytes;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Every fault of the list begins when its moment comes and takes effect, on each of its wires. Some
 * 340 clusters and as many times a client cost ten seconds.
 */
class EveryFaultFiresTest {
  private static final FaultCatalogue KNOWN = FaultCatalogue.load();

  private static final List<String> COURSE = course();

  /** In milliseconds: some faults let a client wait, and a busy machine does, too. */
  private static final int IMPATIENT = 100;

  private static final int PATIENT = 8_000;

  record Cell(KnownFault fault, Moment moment, FaultyWire wire) {
    @Override
    public String toString() {
      return fault + "@" + moment.name() + " " + wire;
    }
  }

  static Stream<Cell> cells() {
    return KNOWN.faults().stream()
        .flatMap(
            fault ->
                fault.wires().stream().map(wire -> new Cell(fault, fault.moments().get(0), wire)));
  }

  /** A cluster that no fault has befallen yet, behind servers that are started once. */
  private static final class Fresh implements SqlEndpoint {
    private volatile SqlEndpoint cluster = this;

    @Override
    public boolean authenticates(String user, String password) {
      return cluster.authenticates(user, password);
    }

    @Override
    public boolean needsPassword(String user) {
      return cluster.needsPassword(user);
    }

    @Override
    public List<SqlAnswer.Column> describe(String user, String statement) throws SqlError {
      return cluster.describe(user, statement);
    }

    @Override
    public SqlAnswer execute(String user, String statement, List<Object> parameters)
        throws SqlError {
      return cluster.execute(user, statement, parameters);
    }

    @Override
    public Optional<Runnable> happen(Fault.Incident incident, String user, String statement) {
      return cluster.happen(incident, user, statement);
    }

    @Override
    public Optional<SqlEndpoint> stranger() {
      return cluster.stranger();
    }
  }

  private static Fresh behind;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    behind = new Fresh();
    server = new RunningServer(behind);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void it_fires_at_a_client_of_its_wire(Cell cell) {
    behind.cluster = new SimulatedCluster(Scenario.load("demo"), InstantSource.system());
    var armed = server.faults.arm(cell.fault(), cell.moment());
    assertEquals(0, armed.fired());
    for (String statement : COURSE) {
      send(cell.wire(), statement, IMPATIENT);
      if (armed.fired() > 0) {
        break;
      }
    }
    assertTrue(armed.begun());
    assertTrue(armed.fired() > 0);
    server.faults.end();
    assertTrue(send(cell.wire(), "SELECT 1", PATIENT), "it does not end");
  }

  /** What a client sends that resets a partition and moves a copy, and looks before and after. */
  private static List<String> course() {
    Map<String, Object> values = new HashMap<>();
    values.put("month", 1706745600000L);
    values.put("region", null);
    TableRef table =
        TableRef.of("curvo", "bottleFieldData")
            .partition(new PartitionValues("08732dpg6orj8d9m60o30c1g00", values));
    var looks =
        Stream.of(
            DetectionSql.relations(),
            DetectionSql.shardTotals(new Bytes(1)),
            Sql.setting(table, UuidColumn.PARTITION_UUID),
            Sql.leases(table, UuidColumn.PARTITION_UUID),
            Sql.copies(table));
    List<String> read = looks.map(statement -> statement.text()).toList();
    return Stream.of(
            read.stream(),
            Stream.of(Sql.setReplicas(table, ReplicaSetting.ZERO).text()),
            read.stream(),
            Stream.of(
                Sql.syncLeases(table).text(),
                Sql.setReplicas(table, new ReplicaSetting("1")).text()),
            read.stream(),
            Stream.of(Sql.moveShard(table, 0, "data-hot-1", "data-hot-2").text()),
            read.stream())
        .flatMap(some -> some)
        .toList();
  }

  /** False when no answer comes, or not the right one. */
  private static boolean send(FaultyWire wire, String statement, int millis) {
    Future<Boolean> sent = wire == FaultyWire.PG ? pg(statement) : http(statement);
    return RunningServer.get(sent.timeout(millis, TimeUnit.MILLISECONDS).otherwise(false));
  }

  private static Future<Boolean> pg(String statement) {
    return PgConnection.connect(server.vertx, server.pgOptions())
        .compose(
            connection ->
                connection
                    .query(statement)
                    .execute()
                    .map(true)
                    .onComplete(done -> connection.close()));
  }

  private static Future<Boolean> http(String statement) {
    // One that is kept would wait for a connection that has fallen silent.
    HttpClient client = server.vertx.createHttpClient();
    return client
        .request(HttpMethod.POST, server.httpPort(), "127.0.0.1", "/_sql")
        .compose(
            request ->
                request
                    .send(Buffer.buffer(new JsonObject().put("stmt", statement).encode()))
                    .compose(response -> response.body().map(body -> response.statusCode() == 200)))
        .onComplete(done -> client.close());
  }
}
