package xmover.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Statement;
import xmover.log.LogOutput.Severity;
import xmover.print.RunSummary;
import xmover.reset.HoldNews;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.table.TableRef;

/**
 * An event in words, for people and for programs: the log, the page and a script all say this.
 *
 * @param name as programs know it
 * @param table empty when it is about the run
 * @param text without the name of the table
 * @param fields what a program is told besides
 */
public record EventWords(
    Severity severity,
    String name,
    Optional<TableRef> table,
    String text,
    Consumer<ObjectNode> fields) {
  static final String TRANSITION = "transition";

  /** What comes before the error that ended a run. */
  public static final String BROKEN = "The run ended by an error: ";

  private static final String SQL = "sql_";

  private static final Map<Class<?>, Function<RunEvent, List<EventWords>>> WORDS = new HashMap<>();

  static {
    one(RunEvent.RunStarted.class, EventWords::started);
    one(RunEvent.Chosen.class, EventWords::chosen);
    one(RunEvent.GateAwaited.class, TableWords::awaited);
    many(RunEvent.GatesAsked.class, TableWords::gates);
    one(RunEvent.RemedyBegun.class, TableWords::begun);
    one(RunEvent.CopyTreated.class, TableWords::copy);
    one(RunEvent.Resuming.class, TableWords::resuming);
    many(RunEvent.Transition.class, TableWords::transition);
    one(RunEvent.LeasesLookedAt.class, TableWords::leases);
    one(RunEvent.LeasesAwaited.class, TableWords::waiting);
    one(RunEvent.LeaseSyncRefused.class, TableWords::refused);
    one(RunEvent.Recovering.class, TableWords::recovering);
    one(RunEvent.Retrying.class, TableWords::retrying);
    one(RunEvent.Noticed.class, TableWords::noticed);
    one(RunEvent.JournalFailed.class, TableWords::journal);
    one(RunEvent.TableEnded.class, TableWords::ended);
    one(RunEvent.Sending.class, EventWords::sending);
    one(RunEvent.Answered.class, EventWords::answered);
    one(RunEvent.StatementFailed.class, EventWords::failed);
    one(RunEvent.Rebalancing.class, EventWords::rebalancing);
    one(RunEvent.Breaker.class, EventWords::breaker);
    one(
        RunEvent.Paused.class,
        e -> pause("paused", "Paused: no new table is started, those under way go on"));
    one(RunEvent.Proceeding.class, e -> pause("proceeding", "Going on after a pause"));
    one(RunEvent.Stopping.class, EventWords::stopping);
    one(RunEvent.RunEnded.class, EventWords::over);
    one(RunEvent.RunFailed.class, EventWords::broken);
  }

  private static <E extends RunEvent> void many(
      Class<E> type, Function<E, List<EventWords>> words) {
    WORDS.put(type, event -> words.apply(type.cast(event)));
  }

  private static <E extends RunEvent> void one(Class<E> type, Function<E, EventWords> words) {
    many(type, words.andThen(List::of));
  }

  /** Hands on, in lines, what happens in a run; what there are no words for it leaves out. */
  public static RunListener lines(Consumer<String> lines) {
    return event -> of(event).forEach(words -> lines.accept(words.line()));
  }

  /** Whether there are words for events of that kind. */
  static boolean knows(Class<?> kind) {
    return WORDS.containsKey(kind);
  }

  /** All that is said of it; nothing where others say it better. */
  static List<EventWords> of(RunEvent event) {
    return WORDS.getOrDefault(event.getClass(), silent -> List.of()).apply(event);
  }

  /** In a line, with the name of the table. */
  String line() {
    if (table.isEmpty() || name.startsWith(SQL)) {
      return text;
    }
    return (name.equals(TRANSITION) ? "Processing " : "") + table.get() + ": " + text;
  }

  private static EventWords ofRun(
      Severity severity, String name, String text, Consumer<ObjectNode> fields) {
    return new EventWords(severity, name, Optional.empty(), text, fields);
  }

  static EventWords ofTable(
      Severity severity, String name, TableRef table, String text, Consumer<ObjectNode> fields) {
    return new EventWords(severity, name, Optional.of(table), text, fields);
  }

  private static EventWords started(RunEvent.RunStarted event) {
    return ofRun(
        Severity.INFO,
        "cluster_reached",
        "Run %s reached cluster %s".formatted(event.run().runId(), event.cluster().name()),
        json -> json.put("cluster", event.cluster().name()));
  }

  private static EventWords chosen(RunEvent.Chosen event) {
    int tables = event.tables().size();
    return ofRun(
        Severity.INFO,
        "chosen",
        tables + (tables == 1 ? " table is" : " tables are") + " to be healed",
        json -> json.put("tables", tables));
  }

  private static EventWords sending(RunEvent.Sending event) {
    return statement(Severity.INFO, "sending", "Sending: ", event.statement(), json -> {});
  }

  private static EventWords answered(RunEvent.Answered event) {
    long took = event.took().toMillis();
    return statement(
        Severity.INFO,
        "answered",
        "Answered after %s ms: ".formatted(took),
        event.statement(),
        json -> json.put("elapsed_ms", took));
  }

  private static EventWords failed(RunEvent.StatementFailed event) {
    String sentence = ClusterFailure.sentence(event.failure());
    long took = event.took().toMillis();
    return statement(
        Severity.WARN,
        "failed",
        "Failed after %s ms (%s): ".formatted(took, sentence),
        event.statement(),
        json -> {
          json.put("elapsed_ms", took).put("error", sentence);
          if (event.failure() instanceof ClusterFailure known) {
            json.put("kind", known.kind().name()).put("code", known.code());
          }
          json.put("stack", JsonLines.stack(event.failure()));
        });
  }

  private static EventWords statement(
      Severity severity, String name, String text, Statement statement, Consumer<ObjectNode> more) {
    return new EventWords(
        severity,
        SQL + name,
        statement.table(),
        text + statement.text(),
        json -> more.accept(json.put("sql", statement.text())));
  }

  private static EventWords rebalancing(RunEvent.Rebalancing event) {
    HoldNews news = event.news();
    Severity severity =
        switch (news.kind()) {
          case HELD, NOT_NEEDED, PUT_BACK -> Severity.INFO;
          case INHERITED, TROUBLED, CHANGED_BY_OTHERS -> Severity.WARN;
          case LEFT_OFF -> Severity.ERROR;
        };
    return ofRun(
        severity,
        "rebalancing",
        news.text(),
        json -> json.put("hold", news.kind().name()).put("original", news.original()));
  }

  private static EventWords breaker(RunEvent.Breaker event) {
    return ofRun(
        Severity.WARN,
        "breaker",
        "Circuit breaker of the cluster: " + event.state(),
        json -> json.put("state", event.state()));
  }

  private static EventWords pause(String name, String text) {
    return ofRun(Severity.WARN, name, text, json -> {});
  }

  private static EventWords stopping(RunEvent.Stopping event) {
    return ofRun(
        Severity.WARN,
        "stopping",
        "Stopping (" + event.reason() + "): no new table is started, those at risk are put back",
        json -> json.put("reason", event.reason()));
  }

  private static EventWords over(RunEvent.RunEnded event) {
    RunReport report = event.report();
    Severity unhealed = report.notCured().isEmpty() ? Severity.INFO : Severity.WARN;
    return ofRun(
        report.failed() > 0 ? Severity.ERROR : unhealed,
        "run_ended",
        "The run is over: " + RunSummary.headline(report),
        json ->
            json.put("succeeded", report.completed())
                .put("failed", report.failed())
                .put("not_cured", report.notCured().size())
                .put("beyond_limit", report.beyondLimit())
                .put("elapsed_ms", report.took().toMillis())
                .put("exit_code", event.exitCode()));
  }

  private static EventWords broken(RunEvent.RunFailed event) {
    String sentence = ClusterFailure.sentence(event.failure());
    return ofRun(
        Severity.ERROR,
        "run_broken",
        BROKEN + sentence,
        json -> json.put("error", sentence).put("exit_code", event.exitCode()));
  }
}
