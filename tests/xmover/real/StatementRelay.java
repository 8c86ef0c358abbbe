package xmover.real;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Transport;

/**
 * Stands between a command and the HTTP port of the real CrateDB. When a certain statement comes,
 * it lets something happen, just before the statement is passed on or just after it was executed.
 */
final class StatementRelay implements AutoCloseable {
  private final ConnectionSettings target;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Plan> plans = new CopyOnWriteArrayList<>();
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** Whether a statement was executed when something happens. */
  enum Side {
    BEFORE,
    AFTER
  }

  /** The nth statement in which these words are found, a regular expression. */
  record Moment(Side side, int nth, String words) {
    static Moment before(int nth, String words) {
      return new Moment(Side.BEFORE, nth, words);
    }

    static Moment after(int nth, String words) {
      return new Moment(Side.AFTER, nth, words);
    }
  }

  StatementRelay(RealCluster cluster) throws IOException {
    target = cluster.settings(Transport.HTTP);
    assumeTrue(!target.tls().encrypts(), "statements over TLS can't be read on their way");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  /** Where it listens, as a connection URL. */
  String url() {
    return url(target.credentials().user());
  }

  /** The same for another user. */
  String url(String user) {
    return "http://%s@127.0.0.1:%d".formatted(user, server.getAddress().getPort());
  }

  /** Lets this happen at a moment; the statement goes its way. */
  void at(Moment moment, Runnable what) {
    plans.add(new Plan(moment, what, false));
  }

  /** Lets this happen at a moment; then nobody executes the statement, nor answers it. */
  void cutAt(Moment moment, Runnable what) {
    plans.add(new Plan(moment, what, true));
  }

  /** Forgets what was to happen, after making sure that all of it did. */
  void allHappened() {
    List<Plan> all = List.copyOf(plans);
    plans.clear();
    all.forEach(plan -> plan.assertHappened(statements));
  }

  /** The statements that came and in which these words are found. */
  List<String> sent(String words) {
    Pattern wanted = Pattern.compile(words, Pattern.DOTALL);
    return statements.stream().filter(sent -> wanted.matcher(sent).find()).toList();
  }

  private void pass(HttpExchange exchange) {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String statement = statement(body);
      statements.add(statement);
      List<Plan> due = plans.stream().filter(plan -> plan.isDue(statement)).toList();
      if (happens(due, Side.BEFORE)) {
        HttpResponse<byte[]> answer = forward(exchange, body);
        if (happens(due, Side.AFTER)) {
          reply(exchange, answer);
        }
      }
    } catch (IOException broken) {
      // Whoever asked or was asked is gone; closing the connection tells the other one.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the statement goes its way. */
  private static boolean happens(List<Plan> due, Side side) {
    return due.stream().filter(plan -> plan.moment.side == side).allMatch(Plan::happens);
  }

  private static String statement(byte[] body) {
    return body.length == 0
        ? ""
        : new JsonObject(new String(body, StandardCharsets.UTF_8)).getString("stmt", "");
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + target.hosts().get(0) + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (String header : List.of("Content-Type", "Authorization", "Default-Schema")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void reply(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    answer
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  /** What is to happen once. */
  private static final class Plan {
    private final Moment moment;
    private final Pattern words;
    private final Runnable what;
    private final boolean cuts;
    private final AtomicInteger seen = new AtomicInteger();
    private final CompletableFuture<Void> happened = new CompletableFuture<>();
    private volatile boolean begun;

    Plan(Moment moment, Runnable what, boolean cuts) {
      this.moment = moment;
      this.words = Pattern.compile(moment.words, Pattern.DOTALL);
      this.what = what;
      this.cuts = cuts;
    }

    boolean isDue(String statement) {
      return words.matcher(statement).find() && seen.incrementAndGet() == moment.nth;
    }

    /** Answers whether the statement goes its way. */
    boolean happens() {
      begun = true;
      try {
        what.run();
        happened.complete(null);
      } catch (RuntimeException | AssertionError failed) {
        happened.completeExceptionally(failed);
      }
      return !cuts;
    }

    void assertHappened(List<String> statements) {
      assertTrue(begun, () -> moment + " never came, only:\n" + String.join("\n", statements));
      assertDoesNotThrow(() -> happened.get(2, TimeUnit.MINUTES), moment::toString);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
