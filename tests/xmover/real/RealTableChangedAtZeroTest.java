package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.connection.Transport;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.TableRef;

/**
 * While a table or partition of a real CrateDB was at 0, somebody renamed, swapped, dropped, closed
 * or altered it. It has its replicas afterwards, wherever it is, and no other table was changed.
 */
@NeedsCrateDb
class RealTableChangedAtZeroTest {
  private final DisturbedTables tables = new DisturbedTables();
  private Map<String, String> expected;

  @BeforeEach
  void remember() {
    expected = tables.settings();
  }

  @AfterEach
  void drop() {
    tables.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_renamed_table_has_its_replicas_under_its_new_name(Transport wire) {
    ResetJob job = tables.reset(wire, tables.table("t"), rename("t", "t_old"));
    assertDone(job);
    moved("t", "t_old");
    assertEquals(expected, tables.settings());
    assertEquals("t_old", job.named().name());
  }

  @ParameterizedTest
  @EnumSource
  void the_new_table_under_its_old_name_is_not_touched(Transport wire) {
    String anew = tables.sql("CREATE TABLE %s (id INT) WITH (number_of_replicas = '0')", "t");
    assertDone(tables.reset(wire, tables.table("t"), rename("t", "t_old"), anew));
    moved("t", "t_old");
    expected.put("t", "0");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void two_swapped_tables_both_have_what_they_had(Transport wire) {
    assertDone(tables.reset(wire, tables.table("t"), swap("t", "other")));
    swapped("t", "other");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_table_renamed_twice_back_to_its_name_is_the_same(Transport wire) {
    assertDone(tables.reset(wire, tables.table("t"), rename("t", "x"), rename("x", "t")));
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_dropped_table_is_gone(Transport wire) {
    noPrimaryIsMissing();
    assertGone(tables.reset(wire, tables.table("t"), tables.sql("DROP TABLE %s", "t")));
    expected.remove("t");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_table_dropped_and_created_again_is_another_and_not_touched(Transport wire) {
    noPrimaryIsMissing();
    assertGone(tables.reset(wire, tables.table("t"), again("0-1")));
    expected.put("t", "0-1");
    assertEquals(expected, tables.settings());
  }

  /** It could be the same one after its number of shards was changed, which makes a new index. */
  @ParameterizedTest
  @EnumSource
  void a_table_created_again_at_0_is_not_touched_and_its_reset_stays_open(Transport wire) {
    ResetJob job = tables.reset(wire, tables.table("t"), again("0"));
    assertEquals(RestoreOutcome.FAILED, job.restore(), job.toString());
    expected.put("t", "0");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_closed_table_has_its_replicas(Transport wire) {
    ResetJob job = tables.reset(wire, tables.table("t"), tables.sql("ALTER TABLE %s CLOSE", "t"));
    assertPutBack(job);
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_table_that_somebody_set_otherwise_is_left_so(Transport wire) {
    assertLeft(tables.reset(wire, tables.table("t"), set(tables.table("t"), "1-all")));
    expected.put("t", "1-all");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_partition_is_followed_when_its_table_is_renamed(Transport wire) {
    assertDone(tables.reset(wire, eu(), rename("p", "p_old")));
    moved("p", "p_old");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void the_same_partition_of_a_new_table_under_the_old_name_is_not_touched(Transport wire) {
    assertDone(
        tables.reset(
            wire,
            eu(),
            rename("p", "p_old"),
            tables.sql(
                "CREATE TABLE %s (id INT, region TEXT) PARTITIONED BY (region)"
                    + " WITH (number_of_replicas = '0')",
                "p"),
            tables.sql("INSERT INTO %s VALUES (1, 'eu')", "p")));
    moved("p", "p_old");
    expected.putAll(Map.of("p", "0", "p eu", "0"));
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void the_partitions_of_two_swapped_tables_all_have_what_they_had(Transport wire) {
    assertDone(tables.reset(wire, eu(), swap("p", "q")));
    swapped("p", "q");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_dropped_partition_is_gone(Transport wire) {
    noPrimaryIsMissing();
    String drop = tables.sql("DELETE FROM %s WHERE region = 'eu'", "p");
    assertGone(tables.reset(wire, eu(), drop));
    expected.remove("p eu");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_partition_dropped_and_filled_again_is_another_and_not_touched(Transport wire) {
    noPrimaryIsMissing();
    assertGone(
        tables.reset(
            wire,
            eu(),
            tables.sql("DELETE FROM %s WHERE region = 'eu'", "p"),
            tables.sql("INSERT INTO %s VALUES (1, 'eu')", "p")));
    expected.put("p eu", "0-1");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_closed_partition_has_its_replicas(Transport wire) {
    String close = "ALTER TABLE %s CLOSE".formatted(eu().sqlTarget());
    assertPutBack(tables.reset(wire, eu(), close));
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_partition_that_somebody_set_otherwise_is_left_so(Transport wire) {
    assertLeft(tables.reset(wire, eu(), set(eu(), "0-all")));
    expected.put("p eu", "0-all");
    assertEquals(expected, tables.settings());
  }

  @ParameterizedTest
  @EnumSource
  void a_partition_whose_whole_table_somebody_set_otherwise_is_left_so(Transport wire) {
    assertLeft(tables.reset(wire, eu(), set(tables.table("p"), "1-all")));
    expected.putAll(Map.of("p", "1-all", "p eu", "1-all", "p us", "1-all"));
    assertEquals(expected, tables.settings());
  }

  private TableRef eu() {
    return tables.partition("p", "eu");
  }

  private String rename(String from, String to) {
    return tables.sql("ALTER TABLE %s RENAME TO ", from) + to;
  }

  private String swap(String one, String two) {
    return tables.sql("ALTER CLUSTER SWAP TABLE %s TO %s", one, two);
  }

  private String[] again(String replicas) {
    return new String[] {
      tables.sql("DROP TABLE %s", "t"),
      tables.sql("CREATE TABLE %s (id INT) WITH (number_of_replicas = '", "t") + replicas + "')"
    };
  }

  private static String set(TableRef table, String replicas) {
    return "ALTER TABLE %s SET (number_of_replicas = '%s')".formatted(table.sqlTarget(), replicas);
  }

  /** What is proven to be gone is gone only where no primary is missing, whosever it is. */
  private void noPrimaryIsMissing() {
    var missing = tables.crate.execute("SELECT sum(missing_shards) AS n FROM sys.health");
    Long primaries = missing.get(0).number("n");
    assumeTrue(primaries == null || primaries == 0, "a primary of another table is missing");
  }

  private void moved(String from, String to) {
    Map<String, String> now = new TreeMap<>();
    expected.forEach((name, setting) -> now.put(called(name, from, to), setting));
    expected = now;
  }

  private void swapped(String one, String two) {
    moved(one, "between");
    moved(two, one);
    moved("between", two);
  }

  private static String called(String name, String from, String to) {
    return name.equals(from) || name.startsWith(from + " ")
        ? to + name.substring(from.length())
        : name;
  }

  private static void assertDone(ResetJob job) {
    assertEquals(RestoreOutcome.DONE, job.restore(), job.toString());
    assertEquals(Optional.empty(), job.cause());
  }

  private static void assertPutBack(ResetJob job) {
    assertEnded(RestoreOutcome.DONE, Cause.CHANGED_BY_OTHERS, job);
  }

  private static void assertLeft(ResetJob job) {
    assertEnded(RestoreOutcome.NOT_NEEDED, Cause.CHANGED_BY_OTHERS, job);
  }

  private static void assertGone(ResetJob job) {
    assertEnded(RestoreOutcome.NOT_NEEDED, Cause.TABLE_GONE, job);
  }

  private static void assertEnded(RestoreOutcome outcome, Cause cause, ResetJob job) {
    assertEquals(outcome, job.restore(), job.toString());
    assertEquals(cause, job.cause().map(ResetFailure::cause).orElse(null), job.toString());
  }
}
