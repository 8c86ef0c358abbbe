package xmover.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads server-sent events one after the other; waits for each. */
public final class ToldStream implements AutoCloseable {
  private final BufferedReader lines;

  /** One event; a comment has no id. */
  public record Told(String id, String event, JsonNode data) {}

  public ToldStream(InputStream stream) {
    lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  public Told next() throws IOException {
    String id = "";
    String event = "";
    String data = "{}";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && !event.isEmpty()) {
        return new Told(id, event, new ObjectMapper().readTree(data));
      }
      String value = line.substring(line.indexOf(':') + 1).strip();
      switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
        case "id" -> id = value;
        case "event" -> event = value;
        case "data" -> data = value;
        default -> {}
      }
    }
    throw new AssertionError("the stream ended");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
