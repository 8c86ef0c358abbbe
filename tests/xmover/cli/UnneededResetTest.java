package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.environment.TestEnvironment;
import xmover.environment.TypedAnswer;

/**
 * A reset takes a copy away for a while, so a table that is not problematic is not reset by slip.
 */
class UnneededResetTest {
  private static final String WHY =
      "not problematic: its worst replica holds 20.8 MB, not above 512.0 MB";

  @TempDir private Path folder;
  private WiredCluster crate;

  @BeforeEach
  void start() throws Exception {
    crate =
        new WiredCluster(
            folder,
            "\"lease_sync\": 1, \"recovery\": 0.1,",
            "{\"name\": \"doc.t\", \"shards\": 2, \"replicas\": \"1\", \"size\": \"4gb\","
                + " \"stuck_translog\": \"20mb\"}");
  }

  @AfterEach
  void stop() throws Exception {
    crate.close();
  }

  private Operator.Outcome types(TestEnvironment around, String... more) {
    String[] all =
        Stream.of(List.of("reset", "doc.t", "--connect", crate.pg()), List.of(more))
            .flatMap(List::stream)
            .toArray(String[]::new);
    return Operator.types(around.with(crate.time), all);
  }

  private List<String> sent() {
    return crate.log.matching("^(ALTER|OPTIMIZE)");
  }

  @Test
  void with_yes_alone_it_is_refused() {
    var outcome = types(new TestEnvironment(folder), "--yes");
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.err().contains(WHY + "; --force resets it all the same"), outcome::err);
    assertEquals(List.of(), sent());
  }

  @Test
  void the_plan_says_so_and_what_it_would_cost() {
    var outcome = types(new TestEnvironment(folder), "--dry-run");
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertTrue(
        outcome.out().matches("(?s).*doc.t: " + WHY + "; .* GB at one copy .* GB to copy back.*"),
        outcome::out);
  }

  @Test
  void nobody_is_asked_for_what_is_refused_anyway() {
    var terminal = new TypedAnswer("yes");
    var outcome = types(new TestEnvironment(folder).with(terminal));
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertEquals(List.of(), terminal.asked());
    assertTrue(outcome.out().contains(WHY), outcome::out);
    assertEquals(List.of(), sent());
  }

  @Test
  void with_force_it_is_reset() {
    var outcome = types(new TestEnvironment(folder), "--yes", "--force");
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertEquals(2, crate.log.matching("^ALTER").size());
  }
}
