package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.table.TableRef;

/** Of a statement somebody sent no value is ever shown. */
class MaskedSqlTest {
  private static final TableRef T = TableRef.of("doc", "t");

  private static String masked(String sql) {
    return new MaskedSql(sql).text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO doc.t (a) VALUES ('SECRET')",
        "INSERT INTO doc.t (a) VALUES ('it''s SECRET')",
        "INSERT INTO doc.t (a) VALUES ('a\\'), ('SECRET')",
        "INSERT INTO doc.t (a) VALUES (E'a\\' SECRET')",
        "INSERT INTO doc.t (a) VALUES (e'a\\\\', 'SECRET')",
        "INSERT INTO doc.t (a) VALUES ($$SECRET$$)",
        "INSERT INTO doc.t (a) VALUES ($x$ $$ ' SECRET $x$)",
        "INSERT INTO doc.t (a) VALUES ('SECRET that is cut off in the middl",
        "INSERT INTO doc.t (a) VALUES (E'SECRET that is cut off\\",
        "INSERT INTO doc.t (a) VALUES ($$SECRET that is cut off",
        "INSERT INTO doc.t (a) VALUES ({k = ['SECRET']})",
        "INSERT INTO doc.t (a) VALUES ('a') -- SECRET",
        "INSERT INTO doc.t (a) VALUES ('a') /* SECRET",
        "INSERT /* ' */ INTO doc.t (a) VALUES ('SECRET')",
        "UPDATE doc.t SET a = DATE'SECRET'",
        "INSERT INTO doc.t (a) VALUES ('a') \"SECRET cut off"
      })
  void no_text_gets_out(String sql) {
    assertFalse(masked(sql).contains("SECRET"), masked(sql));
  }

  @Test
  void numbers_and_truths_are_values_too() {
    assertEquals(
        "UPDATE t SET a = ?, b = -?, c = ?, d = ? WHERE e = ? AND f = $1",
        masked("UPDATE t SET a = 4711,\n b = -1.5e-7,  c = TRUE, d = .5 WHERE e = 0x1F AND f = $1")
            .replace("?-?", "?"));
  }

  @Test
  void names_and_the_whole_are_cut() {
    assertTrue(masked("SELECT \"" + "n".repeat(500) + "\" FROM t").length() < 100);
    assertTrue(masked("SELECT " + "n".repeat(500) + " FROM t").length() < 100);
    assertEquals(161, masked("INSERT INTO t VALUES " + "(?), ".repeat(500)).length());
  }

  @Test
  void a_long_statement_is_no_trouble() {
    assertEquals("SELECT ?", masked("SELECT '" + "a''\\".repeat(50_000) + "'"));
    assertEquals("SELECT ?", masked("SELECT E'" + "a''\\n".repeat(2_000) + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (1)",
        "INSERT INTO DOC.T VALUES (1)",
        "insert into \"doc\".\"t\" values (?)",
        "INSERT INTO doc . t (a) VALUES ('x",
        "UPDATE crate.doc.t SET a = 1"
      })
  void a_table_is_found_as_crate_db_reads_names(String sql) {
    assertTrue(new MaskedSql(sql).names(T));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE doc.t SET (number_of_replicas = 0)",
        "/* ours */ drop table \"t\"",
        "OPTIMIZE TABLE crate.doc.t",
        "RESTORE SNAPSHOT r.s TABLE t"
      })
  void a_statement_that_changes_more_than_rows_is_told_from_one_that_writes(String sql) {
    assertTrue(new MaskedSql(sql).changes(T));
    assertFalse(new MaskedSql("INSERT INTO t SELECT '" + sql + "'").changes(T));
    assertFalse(new MaskedSql("DROP TABLE other").changes(TableRef.of("doc", "drop")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO other.t VALUES (1)",
        "INSERT INTO \"T\" VALUES (1)",
        "INSERT INTO u VALUES ('doc.t')",
        "INSERT INTO tt VALUES (1) -- doc.t"
      })
  void another_table_is_not(String sql) {
    assertFalse(new MaskedSql(sql).names(T));
  }
}
