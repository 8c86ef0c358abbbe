package xmover.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import cratesim.faults.Fault;
import cratesim.model.SqlError;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;
import xmover.environment.TestEnvironment;
import xmover.web.Order;
import xmover.web.ToldStream;

/**
 * Runs that are given every secret there is, and whatever they leave: what they print and write,
 * what they answer to who asks, what arrives at the cluster and at the services beside it. None of
 * it holds a secret but at the place it is meant for, and its files are their owner's alone.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecretsOfARunTest {
  private static final String PASSWORD = "the pässword/of+the?guard";
  private static final String TOKEN = "the-token/of+the=page";
  private static final String HOOK = "the path/of+the hook";
  private static final String ALERTS = "the path/of+the alerts";
  private static final String GATEWAY = "the path/of+the gateway";
  private static final String KEY = "the key/of+the sërvices";
  private static final String LOGIN = "the prober:" + KEY;
  private static final List<String> SECRETS =
      List.of(PASSWORD, TOKEN, HOOK, ALERTS, GATEWAY, LOGIN, KEY);

  private static final List<String> LOGINS =
      List.of("XMOVER_WEBHOOK_LOGIN", "XMOVER_ALERTMANAGER_LOGIN", "XMOVER_PUSH_GATEWAY_LOGIN");

  private static final Pattern SERVING = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)");
  private static final String LOOK = "= '' AND \"primary\"";

  private static final String USERS =
      """
      "users": [{"name": "guard", "password": "%s", "superuser": true}],
      """
          .formatted(PASSWORD);

  private static final String TABLES =
      """
      {"name": "doc.t", "shards": 2, "replicas": "1", "size": "3gb", "stuck_translog": "9gb"},
      {"name": "doc.u", "shards": 1, "replicas": "1", "stuck_translog": "5gb",
       "settings": {"blocks.read_only": true}}
      """;

  @TempDir private Path folder;
  private Path home;
  private WiredCluster crate;
  private final WireMockServer service =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  /** All that was seen, by where. */
  private final Map<String, String> seen = new TreeMap<>();

  @BeforeEach
  void start() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    crate = new WiredCluster(folder, USERS, TABLES);
    service.start();
    service.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
  }

  @AfterEach
  void stop() {
    crate.close();
    service.stop();
  }

  private String url(String secretPath) {
    return "http://127.0.0.1:" + service.port() + "/" + inUrl(secretPath);
  }

  private static String inUrl(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** The ways in which a text may be written down. */
  private static Set<String> forms(String secret) {
    var forms = new LinkedHashSet<String>();
    forms.add(secret);
    forms.add(URLEncoder.encode(secret, UTF_8));
    forms.add(inUrl(secret));
    forms.add(inUrl(secret).replace("%2F", "/").replace("%2B", "+"));
    forms.add(secret.replace("/", "\\/"));
    forms.add(secret.replace("ä", "\\u00e4"));
    forms.add(new String(secret.getBytes(UTF_8), StandardCharsets.ISO_8859_1));
    byte[] bytes = secret.getBytes(UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] moved = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, moved, before, bytes.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(moved);
      // Its ends depend on what stands around it.
      String inner = text.substring(before == 0 ? 0 : before + 1, text.length() - 2);
      forms.add(inner);
      forms.add(inner.replace('+', '-').replace('/', '_'));
    }
    return forms;
  }

  private static List<String> heldBy(String text, List<String> secrets) {
    return secrets.stream()
        .filter(secret -> forms(secret).stream().anyMatch(text::contains))
        .toList();
  }

  private TestEnvironment around(Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(variables);
    LOGINS.forEach(name -> all.putIfAbsent(name, LOGIN));
    return new TestEnvironment(home).with(crate.time).with(all);
  }

  private void saw(String where, TestEnvironment around) {
    seen.put(where + " stdout", around.out());
    seen.put(where + " stderr", around.err());
  }

  private String[] observed(String name, String... words) {
    String[] observers = {
      "--webhook", url(HOOK),
      "--alertmanager", url(ALERTS),
      "--push-gateway", url(GATEWAY),
      "--metrics-file", home.resolve(name + ".prom").toString(),
    };
    return Stream.of(words, observers).flatMap(Arrays::stream).toArray(String[]::new);
  }

  /** A run that is held where a table is at zero, while everything is asked that it serves. */
  private void served(
      String name, Map<String, String> variables, String token, int exitCode, String... words)
      throws Exception {
    crate.faults.set(Fault.on(LOOK, Fault.Disruption.HANG).nthTime(1));
    TestEnvironment around = around(variables);
    String[] all =
        Stream.of(observed(name, words), new String[] {"--serve", "0"})
            .flatMap(Arrays::stream)
            .toArray(String[]::new);
    RunningCommand run = RunningCommand.start(around, all);
    crate.log.nth(LOOK, 1).get(60, TimeUnit.SECONDS);
    var said = SERVING.matcher(around.err());
    assertTrue(said.find(), around.err());
    String page = said.group(1);
    for (String path :
        List.of("/", "/control.js", "/metrics", "/health/live", "/health/ready", "/api/status")) {
      ask(name + " with the token", page, "GET", path, "Bearer " + token);
      ask(name + " without", page, "GET", path, "none");
    }
    try (var stream = stream(page, token)) {
      seen.put(name + " /api/events", String.valueOf(stream.next()));
    }
    for (Order order : Order.values()) {
      ask(name + " without", page, "POST", "/api/control/" + order.word(), "none");
    }
    ask(name + " with the token", page, "POST", "/api/control/continue", "Bearer " + token);
    seen.put(name + " ctl", Operator.types(around(variables), "ctl", "status", page).toString());
    modes();
    crate.faults.set();
    crate.faults.release();
    assertEquals(exitCode, run.exitCode(), around.err());
    saw(name, around);
  }

  private void ask(String who, String page, String method, String path, String shown)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(page + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", shown);
    var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    seen.put(
        who + " " + method + " " + path,
        answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body());
  }

  private static ToldStream stream(String page, String token) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(page + "/api/events"))
            .header("Authorization", "Bearer " + token);
    return new ToldStream(
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()).body());
  }

  private void types(String name, Map<String, String> variables, int exitCode, String... words) {
    TestEnvironment around = around(variables);
    int code = Operator.types(around, words).exitCode();
    saw(name, around);
    assertEquals(exitCode, code, around.err());
  }

  private Map<String, String> inTheUrl() {
    return Map.of(
        "CRATE_CONNECTION_STRING", crate.pg("guard:" + inUrl(PASSWORD)), "XMOVER_TOKEN", TOKEN);
  }

  private Map<String, String> inFiles() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Path login = Files.writeString(folder.resolve("login"), LOGIN + "\n");
    Map<String, String> variables = new TreeMap<>();
    variables.put("CRATE_CONNECTION_STRING", crate.http("guard"));
    variables.put("CRATE_PASSWORD_FILE", password.toString());
    variables.put("XMOVER_TOKEN_FILE", token.toString());
    LOGINS.forEach(name -> variables.put(name + "_FILE", login.toString()));
    LOGINS.forEach(name -> variables.put(name, "not:this one"));
    return variables;
  }

  private Map<String, String> inVariables() {
    return Map.of(
        "CRATE_CONNECTION_STRING", crate.http("guard"),
        "CRATE_PASSWORD", PASSWORD,
        "XMOVER_TOKEN", TOKEN);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }

  /** What each file and folder may be read by, of those that were made. */
  private void modes() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (Stream<Path> all = Files.walk(home)) {
      for (Path one : all.filter(path -> !path.equals(home)).toList()) {
        String expected =
            Files.isDirectory(one)
                ? "rwx------"
                // The one that is for another user: node_exporter.
                : one.toString().endsWith(".prom") ? "rw-r--r--" : "rw-------";
        assertEquals(
            expected,
            PosixFilePermissions.toString(Files.getPosixFilePermissions(one)),
            one::toString);
      }
    }
  }

  /** Of all that was seen, written and sent. */
  private void holdsNo(List<String> secrets) throws IOException {
    for (String file : files()) {
      seen.put("file " + file, Files.readString(Path.of(file), StandardCharsets.UTF_8));
    }
    seen.put("the cluster", String.valueOf(crate.log.arrivals()));
    seen.forEach(
        (where, text) ->
            assertEquals(List.of(), heldBy(text, secrets), () -> where + ":\n" + text));
    Map<String, Integer> arrived = new LinkedHashMap<>();
    for (LoggedRequest request :
        service.getAllServeEvents().stream()
            .map(e -> LoggedRequest.createFrom(e.getRequest()))
            .toList()) {
      List<String> own = heldBy(request.getUrl(), secrets);
      assertEquals(1, own.size(), request.getUrl());
      arrived.merge(own.get(0), 1, Integer::sum);
      String shown = "Basic " + Base64.getEncoder().encodeToString(LOGIN.getBytes(UTF_8));
      assertEquals(shown, request.getHeader("Authorization"));
      String headers = request.getHeaders().toString().replace(shown, "the login");
      String rest = headers + "\n" + request.getBodyAsString();
      assertEquals(List.of(), heldBy(rest, secrets), () -> request.getUrl() + ":\n" + rest);
    }
    assertEquals(Set.of(HOOK, ALERTS, GATEWAY), arrived.keySet());
  }

  @Test
  void a_form_of_a_secret_is_found_wherever_it_stands() {
    for (String before : List.of("", "x", "xy", "guard:", "Bearer ")) {
      for (String after : List.of("", "x", "xyz")) {
        byte[] text = (before + PASSWORD + after).getBytes(UTF_8);
        for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
          String encoded = encoder.encodeToString(text);
          assertEquals(List.of(PASSWORD), heldBy("a" + encoded + "b", SECRETS), encoded);
        }
        assertEquals(
            List.of(PASSWORD), heldBy(URLEncoder.encode(new String(text, UTF_8), UTF_8), SECRETS));
      }
    }
    assertEquals(List.of(), heldBy("nothing of it", SECRETS));
  }

  /** An option that is new and takes a secret belongs into these runs. */
  @Test
  void there_is_no_option_that_takes_a_secret_and_is_not_tried_here() {
    var secretive = Pattern.compile("(?i)pass|token|secret|credential|api-?key|\\bkey|url");
    Set<String> found =
        Operator.commandLine().getSubcommands().values().stream()
            .flatMap(command -> command.getCommandSpec().options().stream())
            .filter(
                option ->
                    secretive.matcher(option.longestName() + " " + option.paramLabel()).find())
            .map(OptionSpec::longestName)
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    assertEquals(
        Set.of(
            "--connect",
            "--webhook",
            "--alertmanager",
            "--push-gateway",
            // A flag.
            "--allow-cleartext-password",
            // Of the simulated cluster: the file of a key, which is not ours to print.
            "--tls-key"),
        found);
  }

  @Test
  void a_run_that_is_served_reported_and_measured_tells_none_of_them() throws Exception {
    served(
        "logged as json",
        inTheUrl(),
        TOKEN,
        3,
        "heal",
        "--remedy=reset",
        "--log-format=json",
        "--verbose",
        "--report",
        home.resolve("heal.html").toString());
    modes();
    String report = Files.readString(home.resolve("heal.html"));
    assertTrue(report.contains("doc.t"), report);
    // Its journal is empty and gone, and so is the note of where it was served.
    assertEquals(
        List.of("heal.html", "history", "lock", "lock", "prom"),
        files().stream()
            .map(file -> file.endsWith("heal.html") ? "heal.html" : file.replaceAll(".*\\.", ""))
            .sorted()
            .toList());
    types("status", inVariables(), 0, "status", "--debug");
    types("dry run", inVariables(), 0, "heal", "--dry-run", "--verbose");
    types("execute", inVariables(), 0, "problematic-translogs", "--execute");
    types("connection", inVariables(), 0, "test-connection");
    holdsNo(SECRETS);
  }

  @Test
  void a_run_over_http_that_journals_in_the_cluster_tells_none_of_them() throws Exception {
    served(
        "logged for people",
        inFiles(),
        TOKEN,
        0,
        "reset",
        "doc.t",
        "--yes",
        "--verbose",
        "--journal=cluster",
        "--report",
        home.resolve("reset.md").toString());
    seen.put("journal", crate.rows("SELECT * FROM xmover.journal").toString());
    types("status of it", inFiles(), 0, "status", "--journal=cluster");
    modes();
    holdsNo(SECRETS);
  }

  @Test
  void a_token_that_was_made_is_in_its_note_alone_and_only_while_the_run_goes_on()
      throws Exception {
    var untold = Map.of("CRATE_CONNECTION_STRING", crate.pg("guard"), "CRATE_PASSWORD", PASSWORD);
    crate.faults.set(Fault.on(LOOK, Fault.Disruption.HANG).nthTime(1));
    TestEnvironment around = around(untold);
    RunningCommand run =
        RunningCommand.start(
            around, observed("made", "reset", "doc.t", "--yes", "--verbose", "--serve", "0"));
    crate.log.nth(LOOK, 1).get(60, TimeUnit.SECONDS);
    modes();
    String made = "";
    for (String file : files()) {
      var token = Pattern.compile("token=(\\S+)").matcher(Files.readString(Path.of(file)));
      if (token.find()) {
        assertEquals("", made, "one note");
        made = token.group(1);
      }
    }
    assertFalse(made.isEmpty(), "there is a note");
    var said = SERVING.matcher(around.err());
    assertTrue(said.find(), around.err());
    ask("anybody", said.group(1), "GET", "/api/status", "none");
    ask("the owner", said.group(1), "POST", "/api/control/pause", "Bearer " + made);
    seen.put("ctl", Operator.types(around(Map.of()), "ctl", "continue", "--debug").toString());
    crate.faults.set();
    crate.faults.release();
    assertEquals(0, run.exitCode(), around.err());
    saw("made", around);
    var all = new ArrayList<>(SECRETS);
    all.add(made);
    holdsNo(all);
  }

  @Test
  void what_fails_tells_none_of_them_also_with_a_trace() throws Exception {
    for (String path : List.of(HOOK, ALERTS, GATEWAY)) {
      // As a server that does not know the path says it.
      String body = "Cannot POST /" + inUrl(path) + ", no /" + path;
      service.stubFor(
          any(urlPathMatching("/" + Pattern.quote(inUrl(path)) + ".*"))
              .willReturn(aResponse().withStatus(403).withBody(body)));
    }
    crate.faults.set(
        Fault.on(
            "SET .\"number_of_replicas\" = '0'",
            new Fault.Fail(new SqlError(400, 4000, "XX000", "it failed"))));
    for (Map<String, String> variables : List.of(inTheUrl(), inFiles(), inVariables())) {
      String name = variables.keySet().stream().sorted().collect(Collectors.joining("-"));
      String report = home.resolve(name + ".json").toString();
      types(
          name + " failed",
          variables,
          1,
          observed(name, "reset", "doc.t", "--yes", "--debug", "-v", "--report", report));
      types(name + " crashed", variables, 1, "reset", "doc.none", "--yes", "--debug");
      types(name + " typed", variables, 1, "reset", "--webhook", "http://x y/" + HOOK, "--debug");
      types(
          name + " ctl",
          variables,
          1,
          "ctl",
          "abort",
          "http://127.0.0.1:1/" + inUrl(HOOK),
          "--debug");
    }
    crate.faults.set();
    var wrong = Map.of("CRATE_CONNECTION_STRING", crate.pg("guard:" + inUrl(TOKEN)));
    types("wrong password", wrong, 1, "detect", "--debug");
    types(
        "wrong over http",
        Map.of("CRATE_CONNECTION_STRING", crate.http("guard:" + inUrl(TOKEN))),
        1,
        "detect",
        "--debug");
    types(
        "typed openly",
        Map.of(),
        1,
        "detect",
        "--debug",
        "--connect",
        crate.pg("guard:" + inUrl(PASSWORD)));
    for (String scheme : List.of("postgresql", "https", "crate", "postgres", "htp")) {
      String target = scheme + "://guard:" + inUrl(PASSWORD) + "@127.0.0.1:1/doc?sslmode=require";
      var nobody = Map.of("CRATE_CONNECTION_STRING", target);
      types(scheme + " refused", nobody, 1, "detect", "--debug");
      types(
          scheme + " odd",
          Map.of("CRATE_CONNECTION_STRING", target + "&x=y"),
          1,
          "detect",
          "--debug");
      types(
          scheme + " host",
          Map.of("CRATE_CONNECTION_STRING", target.replace("127.0.0.1:1", "h:99999")),
          1,
          "heal",
          "--debug",
          "--log-format=json");
    }
    crate.goAway();
    types("gone", inTheUrl(), 1, observed("gone", "heal", "--debug", "--log-format=json"));
    modes();
    holdsNo(SECRETS);
  }
}
