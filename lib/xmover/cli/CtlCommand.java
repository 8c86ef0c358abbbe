package xmover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.cluster.connection.HostPort;
import xmover.environment.Environment;
import xmover.journal.JournalLocation;
import xmover.observe.ServiceUrl;
import xmover.options.Action;
import xmover.options.CommonArguments;
import xmover.run.Connection;
import xmover.run.ExitCode;
import xmover.run.ServeNote;
import xmover.table.Printable;
import xmover.web.Order;
import xmover.web.OrderFailed;
import xmover.web.StatusClient;
import xmover.web.Token;

/** Tells a run that is served what to do. */
@Command(
    name = "ctl",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Pause, continue or abort a run that was started with --serve.",
    footer = {
      "",
      "A run of yours on this machine is found by itself, and so is its token. For another one set"
          + " $XMOVER_TOKEN_FILE or $XMOVER_TOKEN to the token it was started with. Exit code 0"
          + " when the run took the order, 1 when not.",
      "Example: xmover ctl pause",
      "Example: xmover ctl status http://127.0.0.1:8080"
    })
public final class CtlCommand implements Action {
  private static final String STATUS = "status";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ORDER",
      description = {
        "pause: start no new table; those under way go on",
        "continue: end a pause",
        "abort: start no new table, put those under way back at once, and end",
        "status: change nothing, tell in a line how it stands"
      })
  private String order = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "URL",
      description = "Where the run is served, as it said (default: the one run on this machine).")
  private @Nullable ServiceUrl url;

  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    Optional<Order> known = order();
    ServeNote run = noted(environment);
    Vertx vertx = Connection.startVertx();
    try {
      var client = new StatusClient(vertx, run.url(), run.token());
      String answer =
          Connection.await(known.map(o -> give(client, o)).orElseGet(() -> ask(client)));
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println(run.url() + ": " + answer);
      out.flush();
      return ExitCode.DONE;
    } finally {
      Connection.await(vertx.close());
    }
  }

  /** Empty for a mere look. */
  private Optional<Order> order() {
    Optional<Order> known =
        Stream.of(Order.values()).filter(one -> one.word().equals(order)).findFirst();
    if (known.isEmpty() && !order.equals(STATUS)) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "no such order: '" + order + "': say pause, continue, abort or status");
    }
    return known;
  }

  private static Future<String> give(StatusClient client, Order order) {
    return client
        .order(order)
        .map(
            taken ->
                switch (order) {
                  case PAUSE -> "paused: no new table is started, those under way go on";
                  case CONTINUE -> "going on";
                  case ABORT -> "aborting: tables under way are put back, then the run ends";
                });
  }

  private static Future<String> ask(StatusClient client) {
    return client.status().map(CtlCommand::line);
  }

  /** Where the run is, and with which token it is answer. */
  private ServeNote noted(Environment environment) {
    List<ServeNote> noted = ServeNote.in(JournalLocation.folder(environment));
    if (url != null) {
      ServiceUrl typed = url;
      return noted.stream()
          .filter(note -> isSame(typed.uri(), note.url().uri()))
          .findFirst()
          .filter(note -> note.token().isPresent())
          .orElseGet(() -> withTokenSet(environment, typed));
    }
    if (noted.size() == 1) {
      ServeNote note = noted.get(0);
      return note.token().isPresent() ? note : withTokenSet(environment, note.url());
    }
    throw new OrderFailed(
        noted.isEmpty()
            ? "no run of yours is served on this machine: name its URL, as in xmover ctl "
                + order
                + " http://127.0.0.1:8080"
            : "more than one run is served on this machine, name one: "
                + noted.stream()
                    .map(note -> note.url().toString())
                    .sorted()
                    .collect(Collectors.joining(" ")));
  }

  /** Whether both mean the same server of this machine, by whatever name. */
  private static boolean isSame(URI one, URI other) {
    return one.getPort() == other.getPort()
        && HostPort.isLoopback(bare(one))
        && HostPort.isLoopback(bare(other));
  }

  private static String bare(URI uri) {
    return uri.getHost().replaceAll("[\\[\\]]", "");
  }

  private static ServeNote withTokenSet(Environment environment, ServiceUrl url) {
    return new ServeNote(url, Token.in(environment.variables(), environment::textOf));
  }

  /** What a status server shows, in a line for people. */
  static String line(JsonNode status) {
    List<String> parts = new ArrayList<>();
    JsonNode counts = status.path("counts");
    parts.add("cluster " + status.at("/cluster/name").asText("not reached yet"));
    parts.add(
        status.path("kind").asText().equals("monitor")
            ? "%s tables shown, %s of them to reset"
                .formatted(counts.path("all").asInt(), counts.path("reset").asInt())
            : "%s of %s tables ended, %s at zero replicas"
                .formatted(
                    counts.path("ended").asInt(),
                    counts.path("all").asInt(),
                    counts.path("at_zero").asInt()));
    add(parts, "", status.at("/risk/text"));
    add(parts, "paused since ", status.path("paused"));
    add(parts, "stopping: ", status.path("stopping"));
    add(parts, "looked at ", status.path("looked"));
    add(parts, "trouble: ", status.path("trouble"));
    return Printable.line(String.join("; ", parts));
  }

  private static void add(List<String> parts, String what, JsonNode value) {
    if (value.isTextual()) {
      parts.add(what + value.asText());
    }
  }
}
