package cratesim.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.FaultCatalogue;
import cratesim.KnownFault;
import cratesim.Moment;
import cratesim.Scenario;
import cratesim.SimulatedCluster;
import cratesim.Wire;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.DetectionSql;
import xmover.cluster.Sql;
import xmover.cluster.UuidColumn;
import xmover.table.Bytes;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** Every fault of the list begins when its moment comes and takes effect, on each of its wires. */
class EveryFaultFiresTest {
  private static final FaultCatalogue KNOWN = FaultCatalogue.load();

  record Cell(KnownFault fault, Moment moment, Wire wire) {
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

  @ParameterizedTest
  @MethodSource("cells")
  void it_fires_at_a_client_of_its_wire(Cell cell) {
    try (var server = server()) {
      var armed = server.faults.arm(cell.fault(), cell.moment());
      assertEquals(0, armed.fired());
      for (String statement : course()) {
        send(server, cell.wire(), statement);
        if (armed.fired() > 0) {
          break;
        }
      }
      assertTrue(armed.begun());
      assertTrue(armed.fired() > 0);
      server.faults.end();
      assertTrue(send(server, cell.wire(), "SELECT 1"), "it does not end");
    }
  }

  private static RunningServer server() {
    return new RunningServer(new SimulatedCluster(Scenario.load("drill"), InstantSource.system()));
  }

  /** What a client sends that resets a partition and moves a copy, and looks before and after. */
  static List<String> course() {
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
  private static boolean send(RunningServer server, Wire wire, String statement) {
    Future<Boolean> sent = wire == Wire.PG ? pg(server, statement) : http(server, statement);
    return RunningServer.get(sent.timeout(100, TimeUnit.MILLISECONDS).otherwise(false));
  }

  private static Future<Boolean> pg(RunningServer server, String statement) {
    return PgConnection.connect(server.vertx, server.pgOptions())
        .compose(
            connection ->
                connection
                    .query(statement)
                    .execute()
                    .map(true)
                    .onComplete(done -> connection.close()));
  }

  private static Future<Boolean> http(RunningServer server, String statement) {
    var client = server.vertx.createHttpClient();
    return client
        .request(HttpMethod.POST, server.httpPort(), "127.0.0.1", "/_sql")
        .compose(
            request ->
                request.send(Buffer.buffer(new JsonObject().put("stmt", statement).encode())))
        .compose(response -> response.body().map(body -> response.statusCode() == 200))
        .onComplete(done -> client.close());
  }
}
