package cratesim;

import cratesim.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A scenario that stands in a test: three nodes, a, b and c, and what the test adds. */
public record WrittenScenario(Path folder, SettableClock clock) {
  /** The table of most tests: two shards, a replica each, the first replica stuck. */
  public static final String METRICS =
      "\"tables\": [{\"name\": \"doc.metrics\", \"shards\": 2, \"replicas\": \"1\", \"size\":"
          + " \"10gb\", \"documents\": 100000, \"translog\": \"9mb\", \"stuck_translog\":"
          + " \"2gb\"}]";

  public Scenario load(String... keys) {
    Path file = folder.resolve("scenario.json");
    String head = "{\"version\": \"6.3.7\", \"seed\": 5, \"recovery\": 2, \"nodes\": [\"a\", ";
    try {
      Files.writeString(file, head + "\"b\", \"c\"], " + String.join(", ", keys) + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Scenario.load(file.toString());
  }

  public SimulatedCopies cluster(String... keys) {
    return new SimulatedCopies(new SimulatedCluster(load(keys), clock));
  }

  /** The table of most tests with more keys. */
  public static String metrics(String keys) {
    return METRICS.replace("}]", ", " + keys + "}]");
  }
}
