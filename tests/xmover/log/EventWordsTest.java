package xmover.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import xmover.cluster.Statement;
import xmover.live.FollowedRun;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.TestResults;

/** Log, page and scripts have the words of an event from one place. */
class EventWordsTest {
  /**
   * What the run's own log says with more than the event knows, and what is no news to a person.
   */
  private static final Set<Class<?>> SILENT =
      Set.of(
          RunEvent.Analysed.class,
          RunEvent.HistoryRead.class,
          RunEvent.ExposureLimited.class,
          RunEvent.OthersLeft.class,
          RunEvent.CopiesSeen.class,
          RunEvent.NodesSeen.class,
          RunEvent.QueryEnded.class,
          RunEvent.SendingAgain.class);

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(kind -> kind.isSealed() ? kinds(kind) : Stream.of(kind));
  }

  @Test
  void every_kind_of_event_has_words() {
    Set<Class<?>> wordless =
        kinds(RunEvent.class).filter(kind -> !EventWords.knows(kind)).collect(Collectors.toSet());
    assertEquals(SILENT, wordless);
  }

  @Test
  void a_script_reads_a_sentence_with_the_name_of_the_table() {
    List<String> lines = new ArrayList<>();
    RunListener script = EventWords.lines(lines::add);
    var result = TestResults.of("doc.t", "not_cured");
    script.on(new RunEvent.TableEnded(result));
    assertTrue(lines.get(0).startsWith("doc.t: NOT CURED after "), lines.get(0));
    lines.clear();
    script.on(
        new RunEvent.Retrying(
            result.finding().table(), "restoring", 3, Duration.ofSeconds(245), "its block"));
    script.on(new RunEvent.QueryEnded(Statement.read("SELECT …"), true));
    script.on(new RunEvent.Sending(Statement.write("ALTER …")));
    assertEquals(
        List.of(
            "doc.t: restoring failed (attempt 3), again in 4m05s: its block", "Sending: ALTER …"),
        lines);
  }

  @Test
  void the_page_and_a_script_say_the_same() {
    var run = FollowedRun.of("doc.t");
    run.step("doc.t", "begin");
    List<String> page =
        run.progress.snapshot().events().stream()
            .map(line -> line.table().map(table -> table + ": ").orElse("") + line.text())
            .toList();
    assertTrue(page.contains("1 table is to be healed"), page.toString());
    assertTrue(page.contains("doc.t: DETECTED → SETTING_REPLICAS_ZERO"), page.toString());
  }
}
