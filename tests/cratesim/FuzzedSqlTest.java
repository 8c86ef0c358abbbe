package cratesim;

import static org.junit.jupiter.api.Assertions.assertFalse;

import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.PreflightSql;
import xmover.cluster.sql.Sql;
import xmover.fuzz.RandomText;
import xmover.fuzz.Tries;
import xmover.table.Bytes;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** Whatever SQL it is, the simulated cluster answers it or refuses it as CrateDB would. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedSqlTest {
  private static final TableRef T = TableRef.of("doc", "t");

  private static final List<String> SOUND =
      List.of(
          DetectionSql.identity().text(),
          DetectionSql.relations().text(),
          DetectionSql.shardTotals(new Bytes(1)).text(),
          DetectionSql.replicas(new Bytes(1)).text(),
          DetectionSql.visibility().text(),
          DetectionSql.readiness().text(),
          PreflightSql.cluster().text(),
          PreflightSql.nodes(true).text(),
          PreflightSql.newestSnapshots().text(),
          Sql.setReplicas(T, new ReplicaSetting("0-all")).text(),
          Sql.syncLeases(T).text(),
          Sql.copies(T).text(),
          Sql.moveShard(T, 0, "a", "b").text(),
          Sql.retryFailed().text(),
          Sql.setRebalance("none").text());

  private static final List<String> WORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "sys.shards",
          "NULL",
          "ARRAY",
          "ANY",
          "(",
          ")",
          "[",
          "]",
          ",",
          "=",
          "<",
          "'x'",
          "\"t\"",
          "1",
          "-1",
          "1e999",
          "9999999999999999999",
          "$1",
          "$2",
          "$0",
          "count(*)",
          "unnest",
          "::",
          "bigint",
          "object",
          "AND",
          "NOT",
          "IN",
          "LIKE",
          "'%'",
          "*",
          "/ 0",
          "% 0",
          "||",
          "GROUP BY",
          "ORDER BY",
          "LIMIT",
          "UNION ALL",
          "FILTER",
          "AS",
          "CASE",
          "max(",
          "substr(",
          "coalesce(",
          "{}",
          ".",
          ";",
          "id",
          "settings",
          "['a']",
          "true");

  @Test
  void a_statement_is_answered_or_refused() {
    var crate = new SimulatedCluster(Scenario.load("recorded"), new SettableClock());
    Tries.of(
        400,
        random -> {
          String sql = sql(random);
          try {
            crate.describe("crate", sql);
            crate.execute("crate", sql, parameters(random));
          } catch (SqlError refused) {
            assertFalse(refused.getMessage().contains("java."), () -> sql + ": " + refused);
          } catch (RuntimeException | StackOverflowError bug) {
            throw new AssertionError(sql.substring(0, Math.min(500, sql.length())), bug);
          }
        });
  }

  private static String sql(RandomGenerator random) {
    if (random.nextInt(50) == 0) {
      return "SELECT " + RandomText.one(random, WORDS).repeat(5000);
    }
    var words = new ArrayList<>(List.of(RandomText.one(random, SOUND).split(" +")));
    if (random.nextInt(3) == 0) {
      words = new ArrayList<>(List.of("SELECT"));
    }
    for (int changes = random.nextInt(8); changes > 0; changes--) {
      int at = random.nextInt(words.size() + 1);
      if (at < words.size() && random.nextBoolean()) {
        words.remove(at);
      }
      String word =
          random.nextInt(10) == 0 ? RandomText.any(random) : RandomText.one(random, WORDS);
      words.add(Math.min(at, words.size()), word);
    }
    return String.join(" ", words);
  }

  private static List<Object> parameters(RandomGenerator random) {
    return RandomText.one(
        random,
        List.of(
            List.<Object>of(), List.of(1L), List.of("a", 2), List.of(List.of("a")), List.of(true)));
  }
}
