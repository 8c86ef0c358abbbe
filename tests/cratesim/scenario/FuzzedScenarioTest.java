package cratesim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cratesim.SettableClock;
import cratesim.SimulatedCluster;
import cratesim.faults.FaultCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import xmover.Repository;
import xmover.fuzz.RandomText;
import xmover.fuzz.Tries;

/** Whatever a scenario or the list of faults says, it is taken or refused in a sentence. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedScenarioTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1",
          "2147483648",
          "9223372036854775807",
          "1e300",
          "-0.5",
          "\"\"",
          "\"a\"",
          "\"doc.t\"",
          "\"1gb\"",
          "\"-1gb\"",
          "\"99999999999gb\"",
          "\"0-all\"",
          "\"6.3.7\"",
          "\"9999999999.1\"",
          "\"[\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "{\"a\":1}",
          "\"once\"",
          "\"restore\"",
          "[\"once\"]",
          "[\"99999999999\"]",
          "\"(\"");

  @TempDir private Path folder;

  @Test
  void a_scenario_is_simulated_or_refused_in_a_sentence() throws IOException {
    List<JsonNode> sound = new ArrayList<>();
    for (String name : List.of("demo", "drill", "stubborn", "refused")) {
      Path file = Repository.root().resolve("config/scenarios/" + name + ".json");
      sound.add(JSON.readTree(Files.readString(file)));
    }
    Path file = folder.resolve("odd.json");
    Tries.of(
        100,
        random -> {
          JsonNode odd = odd(RandomText.one(random, sound), random);
          String text = odd.toString();
          if (random.nextInt(10) == 0) {
            int at = random.nextInt(text.length());
            text = text.substring(0, at) + RandomText.any(random) + text.substring(at + 1);
          }
          Files.writeString(file, text.replaceAll("[\ud800-\udfff]", ""));
          String options =
              random.nextInt(4) > 0
                  ? ""
                  : RandomText.one(
                          random, List.of("?", "?tables=", "?seed=7&", "?fault=", "?tick="))
                      + RandomText.any(random);
          String said = text;
          refusedOr(
              () ->
                  new SimulatedCluster(Scenario.load(file + options, folder), new SettableClock()),
              said);
        });
  }

  @Test
  void a_file_of_any_bytes_is_simulated_or_refused_in_a_sentence() throws IOException {
    Path file = folder.resolve("bytes.json");
    List<byte[]> sound = new ArrayList<>();
    for (String name : List.of("demo", "drill", "stubborn", "refused")) {
      sound.add(
          Files.readAllBytes(Repository.root().resolve("config/scenarios/" + name + ".json")));
    }
    Tries.ofBytes(
        100,
        sound,
        bytes -> {
          Files.write(file, bytes);
          refusedOr(
              () ->
                  new SimulatedCluster(Scenario.load(file.toString(), folder), new SettableClock()),
              "a scenario");
        });
  }

  @Test
  void a_list_of_faults_is_read_or_refused_in_a_sentence() throws IOException {
    JsonNode sound =
        JSON.readTree(Files.readString(Repository.root().resolve("config/faults.json")));
    Tries.of(
        50,
        random -> {
          JsonNode odd = odd(sound, random);
          refusedOr(() -> FaultCatalogue.read(odd), "faults");
        });
  }

  @Test
  void a_fault_is_named_or_refused_in_a_sentence() {
    var catalogue = FaultCatalogue.load();
    Tries.of(
        300,
        random ->
            refusedOr(
                () ->
                    catalogue.named(
                        random.nextBoolean()
                            ? RandomText.any(random)
                            : "cut-after@" + RandomText.any(random)),
                "fault"));
  }

  private static void refusedOr(Runnable taken, String input) {
    try {
      taken.run();
    } catch (IllegalArgumentException refused) {
      String sentence = String.valueOf(refused.getMessage());
      assertFalse(sentence.matches("(?s).*(java\\.|com\\.fasterxml|Exception:).*|null"), sentence);
    } catch (RuntimeException | StackOverflowError bug) {
      throw new AssertionError(input, bug);
    }
  }

  /** The same with a few values or keys changed, wherever they are. */
  private static JsonNode odd(JsonNode sound, RandomGenerator random) throws IOException {
    JsonNode copy = sound.deepCopy();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      List<ContainerNode<?>> all = new ArrayList<>();
      containers(copy, all);
      ContainerNode<?> one = RandomText.one(random, all);
      JsonNode value = JSON.readTree(RandomText.one(random, VALUES));
      if (one instanceof ArrayNode array) {
        int at = random.nextInt(array.size());
        array.set(at, value);
      } else if (one instanceof ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        object.set(
            random.nextInt(10) == 0 ? RandomText.any(random) : RandomText.one(random, keys), value);
      }
    }
    return copy;
  }

  private static void containers(JsonNode node, List<ContainerNode<?>> found) {
    if (node instanceof ContainerNode<?> container && !container.isEmpty()) {
      found.add(container);
    }
    node.forEach(child -> containers(child, found));
  }

  @Test
  void what_is_no_file_is_told() {
    for (String name : List.of("/", ".json", "a\0b/c.json", "/no/such.json", "?", "nope")) {
      refusedOr(() -> assertEquals(null, Scenario.load(name, folder)), name);
    }
  }
}
