package xmover.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.get;

import cratesim.model.SqlAnswer.Column;
import cratesim.model.SqlAnswer.ColumnType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.Sql;
import xmover.fuzz.RandomText;
import xmover.fuzz.Tries;
import xmover.table.ReplicaSetting;
import xmover.table.SqlText;
import xmover.table.TableRef;

/**
 * A statement arrives as it was built, whatever the names in it are, or it is not sent: a NUL once
 * cut it off on the PostgreSQL wire and broke the connection, and half a surrogate pair became the
 * question mark of another name.
 */
class FuzzedStatementTextsTest {
  @ParameterizedTest
  @EnumSource
  void a_statement_arrives_as_it_is_or_is_refused_in_a_sentence(Transport transport) {
    try (var db = new TinyCrateDb()) {
      Cluster cluster = db.open(transport);
      Tries.of(
          40,
          random -> {
            String text = "SELECT " + SqlText.text(RandomText.some(random));
            db.answering(text, List.of(new Column("1", ColumnType.INTEGER)), 7);
            var statement = random.nextBoolean() ? Statement.read(text) : Statement.write(text);
            Object answer =
                get(
                    cluster
                        .execute(statement)
                        .<Object>map(rows -> rows.get(0).number("1"))
                        .otherwise(refused -> ((ClusterFailure) refused).kind()));
            boolean carried = transport == Transport.HTTP || (text.indexOf(0) < 0 && isWhole(text));
            assertEquals(carried ? 7L : Kind.REFUSED, answer, text);
          });
    }
  }

  private static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\ud800", "\udfff"})
  void what_the_postgresql_wire_would_turn_into_another_name_is_not_sent(String name) {
    try (var db = new TinyCrateDb()) {
      Cluster cluster = db.open(Transport.POSTGRESQL);
      get(cluster.execute(Statement.read("SELECT 1")));
      int before = db.log.arrivals().size();
      var zero = Sql.setReplicas(TableRef.of("doc", name), ReplicaSetting.ZERO);

      var refused = TinyCrateDb.failure(cluster.execute(zero));

      assertEquals(Kind.REFUSED, refused.kind());
      assertTrue(refused.getMessage().contains("Nothing was sent"), refused.getMessage());
      assertEquals(before, db.log.arrivals().size());
      get(cluster.execute(Statement.read("SELECT 1")));
    }
  }
}
