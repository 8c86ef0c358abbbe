package xmover.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;

/** Starts simulated clusters where a command has them; elsewhere a sentence says who does. */
public final class Simulation {
  private Simulation() {}

  /**
   * Starts one, which ends with its Vert.x.
   *
   * @param scenario a name, or the path of a file
   * @param pgPort 0 for any
   * @param httpPort 0 for any
   * @return where it listens: for PostgreSQL clients, and for HTTP
   */
  public static Future<List<URI>> start(
      Environment environment,
      Vertx vertx,
      String scenario,
      int pgPort,
      int httpPort,
      @Nullable PemKeyCertOptions tls) {
    try {
      return environment
          .simulator()
          .start(vertx, environment.clock(), environment.folder(), scenario, pgPort, httpPort, tls);
    } catch (IllegalArgumentException unknown) {
      throw new InvalidSettings(String.valueOf(unknown.getMessage()));
    }
  }

  /** The faults that a simulated cluster can have: the name of each, and a sentence. */
  public static Map<String, String> faults() {
    try (InputStream list = Simulation.class.getResourceAsStream("/faults.json")) {
      if (list == null) {
        throw new InvalidSettings("this script has no simulated cluster: take xmover or simulate");
      }
      Map<String, String> faults = new LinkedHashMap<>();
      new ObjectMapper().readTree(list).path("faults").forEach(fault -> add(fault, faults));
      return faults;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void add(JsonNode fault, Map<String, String> faults) {
    if (fault.path("family").asText().equals("outside")) {
      return;
    }
    String name = fault.path("name").asText();
    String sentence = fault.path("sentence").asText();
    if (!fault.path("times").isArray()) {
      faults.put(name, sentence);
    }
    for (JsonNode times : fault.path("times")) {
      switch (times.asText()) {
        case "once" -> faults.put(name, sentence);
        case "ever" -> faults.put(name + "-ever", sentence + " For ever.");
        default ->
            faults.put(name + "-" + times.asText() + "-times", sentence + " " + times + " times.");
      }
    }
  }
}
