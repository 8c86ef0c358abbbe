package xmover.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.TestResults;
import xmover.table.PartitionValues;
import xmover.table.TableRef;

class RunSummaryTest {
  private static final Terminal NARROW = new Terminal(80, false);

  private static String summary(Terminal terminal, TableResult... results) {
    Instant start = Instant.parse("2024-01-15T10:30:00Z");
    var report = new RunReport(start, start.plus(Duration.ofMinutes(70)), List.of(results), 0);
    return new RunSummary(report, terminal).render();
  }

  @Test
  void it_counts_and_tells_replicas_and_translog_before_and_after() {
    String text =
        summary(
            Terminal.NONE,
            TestResults.of("doc.a", "completed"),
            TestResults.of("doc.b", "timed_out"));
    assertTrue(text.contains("1-all → 1-all"), text);
    assertTrue(text.contains("1.1 TB → recovering"), text);
    assertTrue(
        text.contains("\nfailed 1 · restored, not checked 1 · healed 0 of 2 in 1h10m\n"), text);
  }

  @Test
  void it_tells_how_long_how_much_had_one_copy_fewer_and_at_least_where_nobody_knows() {
    String text =
        summary(
            Terminal.NONE,
            TestResults.of("doc.a", "cured"),
            TestResults.of("doc.b", "changed_by_others"),
            TestResults.of("doc.c", "flushed"),
            TestResults.of("doc.d", "failed"));
    String told =
        """
        With one copy fewer meanwhile:
          doc.a: 20m30s of 20.0 GB
          doc.b: at least 20m of 20.0 GB
          in all at least 40m30s of 40.0 GB

        A reset would have left 1 table with one copy: 20.0 GB
        """;
    assertTrue(text.contains(told), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "completed",
        "not_cured",
        "critical",
        "changed_by_others",
        "timed_out",
        "not_started"
      })
  void its_table_fits_80_columns(String result) {
    String text =
        summary(NARROW, TestResults.of("doc.a_table_with_quite_a_long_name_of_its_own", result));
    String table = text.substring(0, text.indexOf("\n\n"));
    table.lines().forEach(line -> assertTrue(line.length() <= 80, line.length() + ":\n" + text));
  }

  @Test
  void a_table_that_is_back_and_not_healed_has_its_own_word_count_and_advice() {
    String text =
        summary(
            Terminal.NONE, TestResults.of("doc.a", "cured"), TestResults.of("doc.b", "not_cured"));
    assertTrue(text.contains("\nnot cured 1 · healed 1 of 2 in "), text);
    assertTrue(text.contains(" doc.b | not cured |"), text);
    assertTrue(text.contains("doc.b: its setting is back, and it is not healed: 1 copy"), text);
    assertTrue(text.contains("xmover monitor 'doc.b' --watch"), text);
    assertTrue(text.contains("1.1 TB → 55 B"), text);
  }

  @Test
  void each_table_counts_once_and_the_worst_comes_first() {
    String text =
        summary(
            Terminal.NONE,
            TestResults.of("doc.a", "cured"),
            TestResults.of("doc.b", "critical"),
            TestResults.of("doc.c", "not_cured"),
            TestResults.of("doc.d", "refused"),
            TestResults.of("doc.e", "not_started"),
            TestResults.of("doc.f", "flushed"));
    assertTrue(
        text.contains(
            "\nCRITICAL 1 · not cured 1 · refused 1 · not begun 1 · healed 2 of 6 in 1h10m\n"),
        text);
  }

  @Test
  void many_that_were_not_begun_for_one_reason_are_a_line() {
    String text =
        summary(
            Terminal.NONE,
            Stream.concat(
                    Stream.of(TestResults.of("doc.a", "cured")),
                    IntStream.range(0, 40)
                        .mapToObj(i -> TestResults.of("doc.n" + i, "not_started")))
                .toArray(TableResult[]::new));
    assertTrue(text.contains("\n 40 tables, first doc.n0: not begun ("), text);
    assertTrue(text.contains("The 40 tables that were not begun: the same command again"), text);
    assertTrue(text.contains("not begun 40 · healed 1 of 41"), text);
    assertTrue(text.lines().count() < 20, text);
  }

  @Test
  void a_critical_table_comes_with_the_statement_that_puts_it_back() {
    assertTrue(
        summary(Terminal.NONE, TestResults.of("doc.it's", "critical"))
            .contains(
                "Run now: ALTER TABLE \"doc\".\"it's\" SET (\"number_of_replicas\" = '1-all');"));
  }

  @Test
  void every_failure_has_its_advice_and_a_success_none() {
    String text =
        summary(
            Terminal.NONE,
            Stream.of("completed", "timed_out", "failed", "not_started")
                .map(result -> TestResults.of("doc." + result, result))
                .toArray(TableResult[]::new));
    String advice = text.substring(text.indexOf("What to do ("));
    assertFalse(advice.contains("doc.completed"), advice);
    assertTrue(advice.contains("xmover monitor 'doc.timed_out'"), advice);
    assertTrue(advice.contains("xmover reset 'doc.failed'"), advice);
    assertTrue(advice.contains("xmover reset 'doc.not_started'"), advice);
  }

  @Test
  void a_command_is_quoted_for_the_shell() {
    var partition =
        TableRef.of("doc", "p")
            .partition(new PartitionValues("0487m", Map.of("v", "it's $HOME `x`")));
    String text = summary(Terminal.NONE, TestResults.of(partition, "failed"));
    assertTrue(text.contains("xmover reset 'doc.p[v=it'\\''s $HOME `x`]'"), text);
  }

  @Test
  void nothing_to_reset_is_said_so() {
    assertEquals("Nothing to reset.\n", summary(Terminal.NONE));
  }
}
