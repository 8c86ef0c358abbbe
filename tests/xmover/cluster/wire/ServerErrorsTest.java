package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.connection.HostPort;
import xmover.cluster.sql.Sql;
import xmover.table.TableRef;

/** The PostgreSQL wire's errors, with SQLSTATEs and sentences a real CrateDB sent. */
class ServerErrorsTest {
  private final ServerErrors errors = new ServerErrors(new HostPort("h1", 5432), "ops");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          28000 | password authentication failed for user "ops"                        | AUTHENTICATION
          3F000 | Schema 'sys' unknown                                                 | PRIVILEGE
          XX000 | Schema 'sys' unknown                                                 | PRIVILEGE
          42501 | no                                                                   | PRIVILEGE
          XX000 | Missing 'DDL' privilege for user 'ops'                               | PRIVILEGE
          XX000 | Missing privilege for user 'ops'                                     | PRIVILEGE
          42P01 | Relation 'doc.nope' unknown                                          | UNKNOWN_RELATION
          XX000 | No partition for table 'doc.pt' with ident '081320jk' exists         | UNKNOWN_RELATION
          42703 | Column nope unknown                                                  | REFUSED
          42601 | line 1:1: mismatched input 'SELEC' expecting {<EOF>, 'SELECT'}       | REFUSED
          0A000 | Cannot do that                                                       | REFUSED
          XX000 | The "number_of_replicas" range "x" isn't valid                       | REFUSED
          XX000 | The relation "doc.ro" doesn't support or allow ALTER SET operations  | BLOCKED
          XX000 | blocked by: [RELATION_DDL_ONLY/9/index metadata (api)];              | REFUSED
          XX000 | Job killed. Participating node CfJUqySLT0ebvRwYAjTOZw disconnected   | SERVER
          XX000 | Job killed. statement_timeout (200ms/exec)                           | SERVER
          XX000 | blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized]; | NOT_READY
          XX000 | blocked by: [STATE_NOT_RECOVERED/1/state not recovered / initialized]; | NOT_READY
          XX000 | blocked by: [SERVICE_UNAVAILABLE/2/no master];                       | SERVER
          57P01 | terminating connection                                               | SERVER
          """)
  void an_error_has_its_kind_and_keeps_the_servers_sentence(
      String sqlState, String sentence, Kind kind) {
    var error = new PgException(sentence, "ERROR", sqlState, null);
    var failure = errors.postgres(Sql.ping(), error);
    assertEquals(kind, failure.kind());
    assertEquals(sqlState, failure.code());
    assertTrue(failure.getMessage().startsWith("h1:5432: "), failure.getMessage());
    assertTrue(failure.getMessage().endsWith(" CrateDB says: " + sentence), failure.getMessage());
    assertSame(error, failure.getCause());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Schema 'sys' unknown               | SELECT 1 FROM sys.shards                  |       | GRANT DQL ON SCHEMA "sys" TO "ops"
          Schema 'doc' unknown               | ALTER TABLE "doc"."t" SET (a = 1)         | doc.t | GRANT DQL, DDL ON SCHEMA "doc" TO "ops"
          Schema 'xmover' unknown            | SELECT 1 FROM "xmover"."journal"          |       | GRANT DQL, DML, DDL ON SCHEMA "xmover" TO "ops"
          Missing 'AL' privilege for user 'ops'  | SET GLOBAL "a" = 1                    |       | GRANT AL TO "ops"
          Missing 'DDL' privilege for user 'ops' | ALTER TABLE "doc"."t" SET (a = 1)     | doc.t | GRANT DDL ON TABLE "doc"."t" TO "ops"
          Missing 'DML' privilege for user 'ops' | INSERT INTO "xmover"."journal" VALUES | | GRANT DQL, DML, DDL ON SCHEMA "xmover" TO "ops"
          no                                 | SELECT 1 FROM sys.nodes                   |       | GRANT DQL ON SCHEMA "sys" TO "ops"
          """)
  void what_gives_a_missing_privilege_is_told_as_it_is_typed(
      String sentence, String sql, String table, String grant) {
    Statement statement = Statement.write(sql);
    Statement sent =
        table == null ? statement : statement.about(TableRef.of("doc", table.substring(4)));
    String told = errors.http(sent, 4011, "X[" + sentence + "]").getMessage();
    assertTrue(told.contains("What gives it: " + grant + ". CrateDB says"), told);
  }
}
