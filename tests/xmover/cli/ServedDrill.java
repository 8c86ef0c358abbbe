package xmover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import cratesim.faults.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import xmover.web.ToldStream;

/** The drill, one command that serves what it does there, and who asks that. */
final class ServedDrill implements AutoCloseable {
  /** The look at the leases, which comes after the ALTER to 0 was seen. */
  static final String LOOK = "= '' AND \"primary\"";

  /** A run that waits for the leases of two tables, long enough to be told something. */
  static final String[] WAITING = {
    "reset",
    "doc.events",
    "doc.users",
    "--yes",
    "--force",
    "--lease-sync",
    "off",
    "--backoff",
    "60s",
    "--log-format",
    "json"
  };

  private static final Pattern URL = Pattern.compile("Serving (http://[^ ]+:\\d+)");

  final WiredDrill drill;
  private final HttpClient client = HttpClient.newHttpClient();
  private RunningCommand command;
  private String url;

  ServedDrill(Path folder) {
    drill = new WiredDrill(folder, "drill?tick=600&recovery=0.1");
  }

  /** Starts xmover with these arguments, served on any port of this machine. */
  void serve(String... arguments) {
    serve(Map.of(), "0", arguments);
  }

  /** Starts it served there; comes back when it serves. */
  void serve(Map<String, String> environment, String place, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--serve", place));
    command = drill.start(environment, all.toArray(String[]::new));
    url = drill.said(command, URL);
  }

  /** The same in a process of its own, which is killed when it serves. */
  void serveAndBeKilled(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--serve", "0"));
    Process process = drill.startProcess(drill.url(), all.toArray(String[]::new));
    url = drill.said(process, URL);
    process.destroyForcibly().waitFor();
  }

  /** The next statement with these words is executed and gets no answer. */
  void hangAt(String words) {
    drill.faults.set(Fault.on(words, Fault.Disruption.HANG).nthTime(1));
  }

  /** What hangs is answered. */
  void goOn() {
    drill.faults.set();
    drill.faults.release();
  }

  RunningCommand command() {
    return command;
  }

  /** The file in which it tells others of the same user where it serves. */
  Path note() {
    int port = URI.create(url).getPort();
    return drill.home().resolve("xmover/serve-" + ProcessHandle.current().pid() + "-" + port);
  }

  /** Where it said that it serves. */
  String url() {
    return url;
  }

  /** How it ends. */
  int exitCode() {
    return command.exitCode();
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(request("GET", path, headers), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(request("POST", path, headers), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.noBody());
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  /** What happens from now on, as it is told. */
  ToldStream events() throws IOException, InterruptedException {
    return new ToldStream(
        client.send(request("GET", "/api/events"), BodyHandlers.ofInputStream()).body());
  }

  /** How all of it stands. */
  JsonNode status() throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get("/api/status").body());
  }

  /** Listens until it stands like that; answers how it stands. */
  JsonNode until(Predicate<JsonNode> hoped) throws IOException, InterruptedException {
    try (ToldStream events = events()) {
      JsonNode head = events.next().data();
      while (!hoped.test(head)) {
        head = events.next().data();
      }
      return head;
    }
  }

  /** {@code xmover ctl} on the same machine. */
  Operator.Outcome ctl(String... words) {
    return ctl(Map.of(), words);
  }

  Operator.Outcome ctl(Map<String, String> variables, String... words) {
    var all = new ArrayList<>(List.of("ctl"));
    all.addAll(List.of(words));
    return drill.types(variables, all.toArray(String[]::new));
  }

  /** Whatever still goes on is told to stop, and what hangs is answered. */
  @Override
  public void close() {
    goOn();
    if (command != null) {
      command.stop();
      command.exitCode();
    }
    drill.close();
  }
}
