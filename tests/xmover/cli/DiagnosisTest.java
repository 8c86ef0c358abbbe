package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator is told why each translog stays, of a cluster whose copies differ in every way. */
class DiagnosisTest {
  private static final String SCENARIO =
      """
      {"version": "6.0.3", "seed": 5, "nodes": ["a", "b", "c"], "tables": [
        {"name": "doc.hole", "replicas": "1", "size": "9gb", "documents": 9000000,
         "stuck_translog": "2gb", "stuck": "hole"},
        {"name": "doc.lagging", "replicas": "1", "size": "9gb", "documents": 9000000,
         "stuck_translog": "2gb", "stuck": "lagging"},
        {"name": "doc.unflushed", "replicas": "1", "size": "9gb", "documents": 9000000,
         "stuck_translog": "2gb", "stuck": "unflushed"}
      ]}
      """;

  @TempDir Path folder;
  private String url;

  @BeforeEach
  void write() throws IOException {
    url = "sim:" + Files.writeString(folder.resolve("differ.json"), SCENARIO);
  }

  @Test
  void each_copy_has_its_diagnosis_and_copies_that_differ_the_version_that_fixes_it() {
    JsonNode json = Operator.types("detect", "--output", "json", "--connect", url).json();
    var kinds = new TreeMap<String, String>();
    for (JsonNode shard : json.path("shards")) {
      JsonNode diagnosis = shard.path("diagnosis");
      kinds.put(
          shard.path("table").asText(),
          diagnosis.path("kind").asText() + " " + diagnosis.path("fixed_in").asText());
    }
    assertEquals(
        "{hole=hole 6.0.4, lagging=lagging_copy 6.0.4, unflushed=flushes_by_itself null}",
        kinds.toString());
  }

  @Test
  void the_text_says_what_each_word_means_and_names_the_bug_once() {
    String text = Operator.types("detect", "--connect", url).out();
    for (String word : new String[] {"hole", "lagging", "flushes"}) {
      assertEquals(1, text.lines().filter(line -> line.endsWith("| " + word)).count(), text);
      assertEquals(1, text.lines().filter(line -> line.startsWith(" " + word)).count(), text);
    }
    List<String> fixed = text.lines().filter(line -> line.contains("6.0.4")).toList();
    assertEquals(1, fixed.size(), text);
    assertTrue(fixed.get(0).contains("doc.hole, doc.lagging"), text);
  }
}
