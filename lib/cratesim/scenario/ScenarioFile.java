package cratesim.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cratesim.model.SimVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds a scenario's file, from the class path or the disk, and applies what follows its name. */
final class ScenarioFile {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final List<String> KNOWN =
      List.of("demo", "drill", "large", "quiet", "refused", "stubborn");

  private ScenarioFile() {}

  /** Reads {@code name?tables=100&seed=7&tick=0.5&recovery=0.2}. */
  static Scenario load(String address, Path folder) {
    int question = address.indexOf('?');
    String name = question < 0 ? address : address.substring(0, question);
    ObjectNode file = read(name, folder);
    if (question >= 0 && question + 1 < address.length()) {
      for (String option : address.substring(question + 1).split("&", -1)) {
        apply(file, option);
      }
    }
    return decode(name, file);
  }

  private static Scenario decode(String name, JsonNode file) {
    requireElements(name, file);
    try {
      return JSON.treeToValue(file, Scenario.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "scenario " + name + " is not valid: " + ScenarioProblem.of(e), e);
    }
  }

  /** A null in a list is nothing anybody can simulate, but for the value of a partition. */
  private static void requireElements(String name, JsonNode node) {
    node.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              boolean mayHold = entry.getKey().equals("values");
              if (value.isArray() && !mayHold && value.valueStream().anyMatch(JsonNode::isNull)) {
                throw new IllegalArgumentException(
                    "scenario " + name + " is not valid: " + entry.getKey() + ": there is a null");
              }
              requireElements(name, value);
            });
    if (node.isArray()) {
      node.forEach(element -> requireElements(name, element));
    }
  }

  private static ObjectNode read(String name, Path folder) {
    boolean path = name.contains("/") || name.endsWith(".json");
    try (InputStream stream = path ? open(folder.resolve(name)) : resource(name)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "there is no scenario '"
                + name
                + "': known are "
                + String.join(", ", KNOWN)
                + ", or give the path of a .json file");
      }
      if (JSON.readTree(stream) instanceof ObjectNode file) {
        return file;
      }
      throw new IllegalArgumentException("scenario " + name + " is no JSON object");
    } catch (IOException e) {
      throw new IllegalArgumentException("scenario " + name + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable InputStream open(Path path) throws IOException {
    return Files.exists(path) ? Files.newInputStream(path) : null;
  }

  private static @Nullable InputStream resource(String name) {
    return ScenarioFile.class.getResourceAsStream("/scenarios/" + name + ".json");
  }

  private static void apply(ObjectNode file, String option) {
    String[] pair = option.split("=", 2);
    String value = pair.length > 1 ? pair[1] : "";
    try {
      switch (pair[0].toLowerCase(Locale.ROOT)) {
        case "tables" -> generated(file).put("tables", Integer.parseInt(value));
        case "share" -> generated(file).put("problematic_share", Double.parseDouble(value));
        case "version" -> file.put("version", SimVersion.of(value).toString());
        case "seed" -> file.put("seed", Long.parseLong(value));
        case "tick" -> file.put("lease_sync", Double.parseDouble(value));
        case "recovery" -> file.put("recovery", Double.parseDouble(value));
        case "fault" -> file.withArray("faults").add(value);
        default ->
            throw new IllegalArgumentException(
                "unknown scenario option '"
                    + pair[0]
                    + "': known are tables, share, version, seed, tick, recovery, fault");
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("scenario option " + option + " needs a number", e);
    }
  }

  private static ObjectNode generated(ObjectNode file) {
    if (file.get("generated") instanceof ObjectNode generated) {
      return generated;
    }
    throw new IllegalArgumentException("only a scenario that generates tables takes that option");
  }
}
