package xmover.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.print.Terminal;

/** How fast a table's translog grows, from what looks showed and nothing else. */
class GrowthTrackerTest {
  private static final Looks FIRST = Looks.first();
  private static final Optional<Instant> NEVER = Optional.empty();
  private final GrowthTracker growing = new GrowthTracker();

  private Growth saw(Looks look) {
    return growing.saw(look.sight()).tables().get(0).growth().orElseThrow();
  }

  private static Instant minutes(long minutes) {
    return Looks.START.plus(Duration.ofMinutes(minutes));
  }

  private static Optional<xmover.table.Bytes> mega(long size) {
    return Optional.of(Looks.mega(size));
  }

  @Test
  void one_look_tells_no_speed_and_no_time() {
    Growth growth = saw(FIRST.room(2000, 1000));
    assertEquals(Looks.START, growth.since());
    assertEquals(Optional.empty(), growth.bytesPerHour());
    assertEquals(NEVER, growth.qualifiesAt());
    assertEquals(Optional.empty(), growth.diskFull());
  }

  @Test
  void two_looks_at_one_instant_tell_none_either() {
    saw(FIRST);
    assertEquals(Optional.empty(), saw(FIRST.after(0, 700)).bytesPerHour());
  }

  @Test
  void within_an_hour_the_speed_is_that_since_the_table_was_first_seen() {
    saw(FIRST);
    saw(FIRST.after(10, 700));
    Growth growth = saw(FIRST.after(30, 750));
    assertEquals(Looks.START, growth.since());
    assertEquals(mega(300), growth.bytesPerHour());
  }

  @Test
  void where_it_grows_it_is_told_when_its_table_will_qualify() {
    saw(FIRST);
    assertEquals(
        Optional.of(minutes(10).plusSeconds(32 * 60 + 24)),
        saw(FIRST.after(10, 700)).qualifiesAt());
  }

  @Test
  void one_that_is_beyond_that_and_one_that_stays_reach_nothing() {
    saw(FIRST.after(0, 1100));
    assertEquals(NEVER, saw(FIRST.after(10, 1200)).qualifiesAt());
    var still = new GrowthTracker();
    still.saw(FIRST.room(2000, 1000).sight());
    ClusterState seen = still.saw(FIRST.after(10, 600).room(2000, 1000).sight());
    Growth growth = seen.tables().get(0).growth().orElseThrow();
    assertEquals(mega(0), growth.bytesPerHour());
    assertEquals(NEVER, growth.qualifiesAt());
    assertEquals(Optional.empty(), growth.diskFull());
  }

  @Test
  void what_is_more_than_a_year_away_has_no_time() {
    saw(FIRST.room(900_000_000, 900_000_000));
    Growth growth = saw(FIRST.after(60, 601).room(900_000_000, 900_000_000));
    assertEquals(Optional.empty(), growth.diskFull());
  }

  @Test
  void after_a_flush_it_starts_over_however_large_it_was_at_first() {
    saw(FIRST);
    saw(FIRST.after(10, 900));
    Growth fallen = saw(FIRST.after(20, 700));
    assertEquals(minutes(20), fallen.since());
    assertEquals(Optional.empty(), fallen.bytesPerHour());
    assertEquals(mega(60), saw(FIRST.after(30, 710)).bytesPerHour());
  }

  @Test
  void a_table_that_was_dropped_and_made_again_under_its_name_starts_over() {
    saw(FIRST);
    Growth made = saw(FIRST.of("two").after(10, 900));
    assertEquals(minutes(10), made.since());
    assertEquals(Optional.empty(), made.bytesPerHour());
  }

  @Test
  void one_that_does_not_tell_which_index_it_is_goes_on() {
    saw(FIRST);
    assertEquals(mega(600), saw(FIRST.of("").after(10, 700)).bytesPerHour());
    assertEquals(minutes(20), saw(FIRST.of("two").after(20, 800)).since());
  }

  @Test
  void one_that_was_not_shown_for_a_while_starts_over() {
    saw(FIRST);
    growing.saw(FIRST.after(10, 600).of(List.of()));
    assertEquals(minutes(20), saw(FIRST.after(20, 700)).since());
  }

  @Test
  void one_that_tells_no_translog_has_no_growth_and_goes_on_when_it_does() {
    saw(FIRST);
    ClusterState silent = growing.saw(FIRST.after(5, 0).untold().sight());
    assertEquals(Optional.empty(), silent.tables().get(0).growth());
    assertEquals(mega(600), saw(FIRST.after(10, 700)).bytesPerHour());
  }

  @Test
  void its_node_reaches_the_watermark_by_its_growth_or_by_what_else_fills_the_disk() {
    saw(FIRST.room(2000, 1000));
    var alone = new Growth.DiskFull("a", "low watermark (85% used)", minutes(60 + 60 * 9));
    assertEquals(Optional.of(alone), saw(FIRST.after(60, 700).room(2000, 900)).diskFull());
    var others = new Growth.DiskFull("a", "low watermark (85% used)", minutes(120 + 30));
    assertEquals(Optional.of(others), saw(FIRST.after(120, 800).room(1200, 400)).diskFull());
  }

  @Test
  void for_people_it_is_a_speed_a_clock_time_and_how_long_until_then() {
    String once = text(FIRST);
    assertTrue(once.contains("not known from one look"), once);
    String twice = text(FIRST.after(10, 700).room(2000, 10_000));
    assertTrue(twice.contains("600.0 MB/h | 10:30:00"), twice);
    assertTrue(twice.contains("1.0 GB, where it qualifies, at 11:12, in 32m24s"), twice);
    assertTrue(
        twice.contains("low watermark (85% used) of a at 2024-01-16 03:20, in 16h40m"), twice);
    assertTrue(twice.contains("To heal doc.t: xmover heal --table 'doc.t'\n"), twice);
    assertFalse(text(FIRST.after(20, 700).with(xmover.table.Verdict.skip("no"))).contains("heal"));
  }

  private String text(Looks look) {
    return GrowthText.render(growing.saw(look.sight()), Terminal.NONE, ZoneOffset.UTC);
  }
}
