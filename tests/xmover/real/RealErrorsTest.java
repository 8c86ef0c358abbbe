package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.Sql;
import xmover.table.ReplicaSetting;
import xmover.table.SqlText;
import xmover.table.TableRef;

/** What a real CrateDB refuses has the same kind over both transports. */
@NeedsCrateDb
class RealErrorsTest {
  private static final Secret PASSWORD = new Secret("s3cret-of-a-test");
  private static OwnTables tables;
  private static boolean superuser;

  @BeforeAll
  static void create() {
    tables = new OwnTables();
    String settings = "(id int) CLUSTERED INTO 1 SHARDS";
    tables.create(tables.plain, settings);
    tables.create(tables.kinds, settings);
    superuser = tables.cluster.execute(DetectionSql.identity().text()).get(0).flag("superuser");
    if (superuser) {
      user(visitor(), "DQL ON SCHEMA sys", "DQL ON TABLE " + tables.kinds.sqlName());
      user(stranger());
    }
  }

  private static void user(String name, String... privileges) {
    String user = SqlText.identifier(name);
    tables.cluster.create(
        "CREATE USER %s WITH (password = '%s')".formatted(user, PASSWORD.reveal()),
        "DROP USER IF EXISTS " + user);
    for (String privilege : privileges) {
      tables.cluster.execute("GRANT " + privilege + " TO " + user);
    }
  }

  private static String visitor() {
    return tables.name + "_visitor";
  }

  private static String stranger() {
    return tables.name + "_stranger";
  }

  @AfterAll
  static void drop() {
    tables.close();
  }

  private static ClusterFailure refused(ConnectionSettings settings, Statement statement) {
    Cluster cluster = tables.cluster.open(settings);
    Throwable failure = RealCluster.failure(cluster.execute(statement).eventually(cluster::close));
    return assertFailure(failure);
  }

  private static ClusterFailure assertFailure(Throwable failure) {
    return (ClusterFailure) Optional.ofNullable(failure).orElseThrow();
  }

  private static ClusterFailure refused(Transport transport, Statement statement) {
    return refused(tables.cluster.settings(transport), statement);
  }

  private static ConnectionSettings as(Transport transport, String user, Secret password) {
    assumeTrue(superuser, "only a superuser can create the users this needs");
    return tables.cluster.settings(transport, new Credentials(user, Optional.of(password)));
  }

  private static void assertKind(Kind kind, ClusterFailure failure) {
    assertEquals(kind, failure.kind(), failure.getMessage());
  }

  private static Statement zero(TableRef table) {
    return Sql.setReplicas(table, ReplicaSetting.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  void an_unknown_table(Transport transport) {
    assertKind(Kind.UNKNOWN_RELATION, refused(transport, zero(TableRef.of(tables.schema, "nope"))));
  }

  @ParameterizedTest
  @EnumSource
  void bad_syntax_and_values(Transport transport) {
    assertKind(Kind.REFUSED, refused(transport, Statement.read("SELEC 1")));
    assertKind(Kind.REFUSED, refused(transport, Statement.read("SELECT nope FROM sys.shards")));
    assertKind(
        Kind.REFUSED, refused(transport, Sql.setReplicas(tables.plain, new ReplicaSetting("3-1"))));
  }

  @ParameterizedTest
  @EnumSource
  void a_read_only_table(Transport transport) {
    String alter = "ALTER TABLE " + tables.plain.sqlName() + " SET (\"blocks.read_only\" = %s)";
    tables.cluster.execute(alter.formatted(true));
    try {
      assertKind(Kind.BLOCKED, refused(transport, zero(tables.plain)));
    } finally {
      tables.cluster.execute(alter.formatted(false));
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_privilege_to_alter(Transport transport) {
    assertKind(Kind.PRIVILEGE, refused(as(transport, visitor(), PASSWORD), zero(tables.kinds)));
  }

  @ParameterizedTest
  @EnumSource
  void no_privilege_to_look(Transport transport) {
    assertKind(
        Kind.PRIVILEGE, refused(as(transport, stranger(), PASSWORD), DetectionSql.identity()));
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_password(Transport transport) {
    ConnectionSettings wrong = as(transport, visitor(), new Secret("wr0ng"));
    Cluster cluster = tables.cluster.open(wrong);
    Throwable failure = RealCluster.failure(cluster.execute(Sql.ping()).eventually(cluster::close));
    assumeTrue(failure != null, "this CrateDB trusts everybody");
    assertKind(Kind.AUTHENTICATION, assertFailure(failure));
    assertFalse(failure.getMessage().contains("wr0ng"), failure.getMessage());
  }
}
