package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.PreflightSql;
import xmover.table.SqlText;

/**
 * A user with the GRANTs of the README sees every table. A dropped table was kept in its journal
 * for good, with "CrateDB shows this user only the tables on which it holds a privilege".
 */
@NeedsCrateDb
class RealGrantsTest {
  private static final Secret PASSWORD = new Secret("s3cret-of-a-test");
  private static OwnTables tables;

  @BeforeAll
  static void create() {
    tables = new OwnTables();
    assumeTrue(
        tables.cluster.execute(DetectionSql.identity().text()).get(0).flag("superuser"),
        "only a superuser can create the user this needs");
    tables.create(tables.plain, "(id int) CLUSTERED INTO 1 SHARDS");
    tables.create(tables.kinds, "(id int) CLUSTERED INTO 1 SHARDS");
    String user = SqlText.identifier(tables.name);
    tables.cluster.create(
        "CREATE USER %s WITH (password = '%s')".formatted(user, PASSWORD.reveal()),
        "DROP USER IF EXISTS " + user);
    for (String privilege :
        List.of(
            "DQL ON SCHEMA sys",
            "DDL ON TABLE " + tables.plain.sqlName(),
            "AL",
            "DQL, DML, DDL ON SCHEMA xmover")) {
      tables.cluster.execute("GRANT " + privilege + " TO " + user);
    }
  }

  @AfterAll
  static void drop() {
    tables.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_hidden_from_it_and_it_knows(Transport transport) {
    ConnectionSettings settings =
        tables.cluster.settings(transport, new Credentials(tables.name, Optional.of(PASSWORD)));
    Cluster cluster = tables.cluster.open(settings);
    Row ready = RealCluster.get(cluster.execute(DetectionSql.readiness())).get(0);
    assertTrue(ready.flag("sees_every_table"));
    Row gates = RealCluster.get(cluster.execute(PreflightSql.cluster())).get(0);
    assertTrue(gates.flag("sees_every_table"));
    String mine =
        "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = "
            + SqlText.text(tables.schema);
    assertEquals(2L, RealCluster.get(cluster.execute(Statement.read(mine))).get(0).number("n"));
    RealCluster.get(cluster.close());
  }
}
