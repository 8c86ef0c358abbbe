package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import cratesim.faults.Fault;
import cratesim.faults.Fault.Disruption;
import cratesim.model.SqlAnswer.Column;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.SslMode;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;

/** What both transports promise alike. */
class TransportsTest {
  private static final Statement ONE = Statement.read("SELECT 1");
  private static final Statement ALTER =
      Statement.write("ALTER TABLE \"doc\".\"t\" SET (\"number_of_replicas\" = '0')");

  private final TinyCrateDb db = new TinyCrateDb();

  @AfterEach
  void stop() {
    db.close();
  }

  @ParameterizedTest
  @EnumSource
  void cells_have_the_same_value_on_both(Transport transport) {
    db.answering(
        "SELECT everything",
        List.of(
            new Column("text", ColumnType.TEXT),
            new Column("flag", ColumnType.BOOLEAN),
            new Column("int", ColumnType.INTEGER),
            new Column("long", ColumnType.BIGINT),
            new Column("real", ColumnType.REAL),
            new Column("double", ColumnType.DOUBLE),
            new Column("time", ColumnType.TIMESTAMP),
            new Column("object", ColumnType.OBJECT),
            new Column("texts", ColumnType.TEXT_ARRAY),
            new Column("objects", ColumnType.OBJECT_ARRAY),
            new Column("none", ColumnType.TEXT_ARRAY)),
        "it's \"ü\"",
        true,
        7,
        1L << 40,
        0.1f,
        2.5,
        1704067200000L,
        Map.of("month", 1704067200000L, "in", Map.of("list", List.of(1, 2))),
        List.of("a\"b", "c\\d", "e,{f}"),
        List.of(Map.of("source", "peer recovery")),
        null);
    Row row = get(db.open(transport).execute(Statement.read("SELECT everything"))).get(0);
    assertEquals("it's \"ü\"", row.text("text"));
    assertTrue(row.flag("flag"));
    assertEquals(7L, row.value("int"));
    assertEquals(1L << 40, row.number("long"));
    assertEquals(0.1, row.value("real"));
    assertEquals(2.5, row.value("double"));
    assertEquals(1704067200000L, row.value("time"));
    assertEquals(
        Map.of("month", 1704067200000L, "in", Map.of("list", List.of(1, 2))), row.object("object"));
    assertEquals(List.of("a\"b", "c\\d", "e,{f}"), row.texts("texts"));
    assertEquals("[{\"source\":\"peer recovery\"}]", String.valueOf(row.value("objects")));
    assertNull(row.value("none"));
    assertThrows(IllegalArgumentException.class, () -> row.value("unknown"));
  }

  @ParameterizedTest
  @EnumSource
  void an_alter_answers_no_rows(Transport transport) {
    assertEquals(List.of(), get(db.open(transport).execute(ALTER)));
    assertEquals(List.of(ALTER.text()), db.log.matching("ALTER"));
  }

  @ParameterizedTest
  @EnumSource
  void a_hung_statement_times_out_and_gives_its_place_free(Transport transport) {
    var cluster = db.openImpatient(transport);
    db.faults.set(Fault.on("SELECT 1", Disruption.HANG).firstTimes(1));
    var late = failure(cluster.execute(ONE));
    assertEquals(Kind.TIMEOUT, late.kind());
    assertTrue(late.getMessage().contains("no answer within 1.0 s."), late.getMessage());
    assertEquals(1, get(cluster.execute(ONE)).size());
  }

  @ParameterizedTest
  @EnumSource
  void an_alter_that_times_out_may_have_been_applied(Transport transport) {
    db.faults.set(Fault.on("ALTER", Disruption.HANG));
    var late = failure(db.openImpatient(transport).execute(ALTER));
    assertEquals(Kind.TIMEOUT, late.kind());
    assertTrue(late.getMessage().contains("may have been applied"), late.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void a_lost_answer_is_a_lost_connection_and_the_next_statement_gets_a_new_one(
      Transport transport) {
    var cluster = db.open(transport);
    db.faults.set(Fault.on("ALTER", Disruption.CLOSE_AFTER_EXECUTING));
    var lost = failure(cluster.execute(ALTER));
    assertEquals(Kind.CONNECTION_LOST, lost.kind());
    assertTrue(lost.kind().leavesOutcomeOpen());
    assertEquals(1, db.log.matching("ALTER").size());
    assertEquals(1, get(cluster.execute(ONE)).size());
  }

  @ParameterizedTest
  @EnumSource
  void more_statements_than_places_wait_for_their_turn(Transport transport) {
    var cluster = db.open(transport);
    var answers = new ArrayList<io.vertx.core.Future<List<Row>>>();
    for (int i = 0; i < 20; i++) {
      answers.add(cluster.execute(ONE));
    }
    answers.forEach(answer -> assertEquals(1, get(answer).size()));
  }

  @ParameterizedTest
  @EnumSource
  void an_error_keeps_the_servers_sentence_without_its_wrapper(Transport transport) {
    var unknown = failure(db.open(transport).execute(Statement.read("SELECT * FROM doc.nope")));
    assertEquals(Kind.UNKNOWN_RELATION, unknown.kind());
    assertEquals(
        "localhost:"
            + db.port(transport)
            + ": no such table or partition, or user 'crate' may not see it."
            + " CrateDB says: Relation 'doc.nope' unknown",
        unknown.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void a_schema_that_is_not_to_be_seen_is_a_missing_privilege(Transport transport) {
    var error = new SqlError(404, 4045, "3F000", "SchemaUnknownException[Schema 'sys' unknown]");
    db.faults.set(Fault.on("SELECT 1", new Fault.Fail(error)));
    assertEquals(Kind.PRIVILEGE, failure(db.open(transport).execute(ONE)).kind());
  }

  @ParameterizedTest
  @EnumSource
  void a_killed_job_is_worth_another_try(Transport transport) {
    var error =
        new SqlError(
            500, 5005, "XX000", "JobKilledException[Job killed. Participating node disconnected]");
    db.faults.set(Fault.on("SELECT 1", new Fault.Fail(error)));
    assertEquals(Kind.SERVER, failure(db.open(transport).execute(ONE)).kind());
  }

  @ParameterizedTest
  @EnumSource
  void the_right_password_lets_in(Transport transport) {
    var settings = settings(transport, TinyCrateDb.PASSWORD);
    assertEquals(1, get(Clusters.open(db.vertx, settings).execute(ONE)).size());
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_password_is_never_repeated(Transport transport) {
    var refused = failure(Clusters.open(db.vertx, settings(transport, "wr0ng")).execute(ONE));
    assertEquals(Kind.AUTHENTICATION, refused.kind());
    var trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains("wr0ng"), trace.toString());
  }

  @Test
  void postgresql_itself_is_no_cratedb() {
    db.says("PostgreSQL 15.3 on x86_64-pc-linux-gnu, compiled by gcc");
    var unknown = new SqlError(404, 4041, "42P01", "relation \"sys.cluster\" does not exist");
    db.faults.set(Fault.on("sys.cluster", new Fault.Fail(unknown)));
    var stranger = failure(db.open(Transport.POSTGRESQL).execute(ONE));
    assertEquals(Kind.NOT_CRATEDB, stranger.kind());
    assertEquals(List.of(), db.log.matching("SELECT 1"));
  }

  @ParameterizedTest
  @EnumSource
  void every_connection_is_asked_once_which_cluster_it_leads_to(Transport transport) {
    var cluster = db.open(transport);
    db.faults.set(Fault.on("SELECT 1", Disruption.CLOSE_BEFORE_EXECUTING).nthTime(2));
    get(cluster.execute(ONE));
    failure(cluster.execute(ONE));
    get(cluster.execute(ONE));
    get(cluster.execute(ONE));
    assertEquals(2, db.log.matching("sys.cluster").size());
  }

  private ConnectionSettings settings(Transport transport, String password) {
    var credentials = new Credentials("ops", Optional.of(new Secret(password)));
    return db.settings(transport, credentials, SslMode.DISABLE, "localhost");
  }
}
