package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.Repository;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;

/** What a newcomer sees first. */
class DemoTest {
  @TempDir private Path folder;

  @Test
  void the_demo_heals_every_sick_table_without_a_window_and_ends_with_0() throws Exception {
    JsonNode catalog =
        new ObjectMapper().readTree(Repository.root().resolve("jbang-catalog.json").toFile());
    List<String> words = new ArrayList<>();
    catalog.at("/aliases/demo/arguments").forEach(word -> words.add(word.asText()));
    words.addAll(List.of("--log-format", "json"));
    Operator.Outcome outcome =
        Operator.types(
            new TestEnvironment(folder).with(new TimeLapse()), words.toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome.toString());
    LoggedEvents logged = outcome.logged();
    assertEquals(
        Map.of(
            "doc.metrics",
            "moved",
            "doc.orders",
            "rebuilt",
            "curvo.bottleFieldData",
            "moved",
            "doc.clicks",
            "flushed"),
        logged.byTable("result", "result"));
    assertEquals(
        0,
        logged.named("sql_sending").stream()
            .filter(sent -> sent.path("sql").asText().contains("number_of_replicas"))
            .count());
  }
}
