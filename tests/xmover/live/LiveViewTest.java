package xmover.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.reset.RecoveryReading;
import xmover.reset.RunEvent;

/**
 * The run on a terminal: what is under way stands first, and nothing is wider than the terminal.
 */
class LiveViewTest {
  private static List<String> lines(FollowedRun run, int columns, int rows) {
    return LiveView.of(run.progress.snapshot(), columns, rows, ZoneOffset.UTC).stream()
        .map(AttributedString::toString)
        .toList();
  }

  private static FollowedRun run(String... steps) {
    var run = FollowedRun.of("doc.other", "doc.t");
    for (String step : steps) {
      run.time.advance(Duration.ofSeconds(1));
      run.step("doc.t", step);
    }
    return run;
  }

  @Test
  void a_table_that_waits_for_its_leases_tells_how_long_it_is_at_zero_and_how_far_they_are() {
    var run = run("begin", "zero", "look 8", "look 6");
    run.progress.on(
        new RunEvent.LeasesAwaited(
            run.job("doc.t"), 3, 9, Duration.ofSeconds(15), "the lease sync tick"));
    List<String> lines = lines(run, 120, 20);
    assertEquals("1 table, 20.0 GB at one copy, for 3.0s of 10m, next look in 15s", lines.get(0));
    assertEquals("drill: 0 of 2 done, 1 at 0 replicas", lines.get(1));
    assertTrue(lines.get(2).startsWith("doc.t "), lines.toString());
    assertTrue(lines.get(2).contains("at 0 for 3.0s of 10m"), lines.get(2));
    assertTrue(lines.get(2).contains("leases 6/4 [#####.....]"), lines.get(2));
    assertTrue(lines.get(2).contains("look 3/9 in 15s"), lines.get(2));
    assertEquals("1 waiting, next doc.other", lines.get(3));
  }

  @Test
  void replicas_that_recover_tell_how_far_they_are() {
    var run = run("begin", "zero", "cleared", "restored");
    run.progress.on(
        new RunEvent.Recovering(FollowedRun.finding("doc.t"), new RecoveryReading(8, 5, 42)));
    assertTrue(
        lines(run, 120, 20).get(2).contains("[####......]  42 %  5 of 8 copies started"),
        lines(run, 120, 20).toString());
  }

  @Test
  void when_a_table_is_done_the_rest_is_estimated() {
    var run = run("begin", "zero", "cleared", "restored", "completed");
    assertTrue(
        lines(run, 120, 20)
            .get(1)
            .matches("drill: 1 of 2 done, about 5.0s left, until \\d\\d:\\d\\d:\\d\\d"),
        lines(run, 120, 20).toString());
  }

  @Test
  void a_pause_a_stop_and_an_open_breaker_are_told() {
    var run = run();
    run.progress.on(new RunEvent.Paused());
    assertTrue(lines(run, 80, 20).contains("Paused: no new table starts"));
    run.progress.on(new RunEvent.Breaker("open"));
    run.progress.on(new RunEvent.Stopping("stopped by SIGTERM"));
    assertTrue(lines(run, 80, 20).contains("Stopping: stopped by SIGTERM"));
    assertTrue(lines(run, 80, 20).stream().anyMatch(line -> line.contains("circuit breaker open")));
  }

  @ParameterizedTest
  @CsvSource({"20, 3", "40, 5", "80, 24", "200, 1"})
  void it_never_needs_more_room_than_there_is(int columns, int rows) {
    var run =
        FollowedRun.of(
            IntStream.range(0, 100)
                .mapToObj(i -> "doc.表の名前がとても長い表の名前がとても長い" + i)
                .toArray(String[]::new));
    List<AttributedString> lines =
        LiveView.of(run.progress.snapshot(), columns, rows, ZoneOffset.UTC);
    assertTrue(lines.size() <= rows, lines.size() + " lines");
    lines.forEach(line -> assertTrue(line.columnLength() <= columns, line.toString()));
  }

  @Test
  void tables_that_do_not_fit_are_counted() {
    var run =
        FollowedRun.of(IntStream.range(0, 50).mapToObj(i -> "doc.t" + i).toArray(String[]::new));
    IntStream.range(0, 40).forEach(i -> run.step("doc.t" + i, "begin"));
    List<String> lines = lines(run, 80, 10);
    assertEquals(10, lines.size());
    assertEquals("… and 34 more", lines.get(8));
    assertEquals("10 waiting, next doc.t40", lines.get(9));
  }

  @Test
  void only_what_is_under_way_or_failed_has_a_row() {
    var run = FollowedRun.of("doc.a", "doc.b", "doc.c", "doc.d", "doc.e");
    run.step("doc.a", "cured");
    run.step("doc.b", "begin");
    run.step("doc.c", "not_cured");
    run.step("doc.e", "not_started");
    assertEquals(
        List.of("doc.b", "doc.c", "1 waiting, next doc.d · 1 done · 1 not started"),
        lines(run, 120, 20).stream().skip(2).map(line -> line.replaceFirst("  .*", "")).toList());
  }

  @Test
  void a_narrow_terminal_gives_the_name_a_line_of_its_own() {
    var run = run("begin", "zero");
    List<String> lines = lines(run, 60, 20);
    assertEquals("doc.t", lines.get(2).strip());
    assertTrue(lines.get(3).startsWith("  at 0 for 1.0s of 10m"), lines.toString());
  }

  @Test
  void a_name_writes_nothing_on_the_terminal_but_itself() {
    var run = FollowedRun.of("doc.\u001b[31mred");
    assertFalse(String.join("", lines(run, 80, 10)).contains("\u001b"));
  }
}
