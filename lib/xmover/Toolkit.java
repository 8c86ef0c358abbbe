package xmover;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.connection.InvalidSettings;
import xmover.detect.Analysis;
import xmover.detect.CopyList;
import xmover.detect.Detection;
import xmover.detect.NamedTables;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.Environment;
import xmover.environment.ProcessEnd;
import xmover.environment.ThisProcess;
import xmover.json.Json;
import xmover.log.LogOutput;
import xmover.log.LogOutput.Form;
import xmover.log.LogOutput.Severity;
import xmover.monitor.ClusterState;
import xmover.monitor.GrowthText;
import xmover.monitor.GrowthTracker;
import xmover.options.DetectionArguments;
import xmover.options.OutputArguments;
import xmover.options.StandardOutput;
import xmover.options.WatchArguments;
import xmover.print.CopiesText;
import xmover.print.DurationText;
import xmover.print.GivenUpText;
import xmover.reset.RunReport;
import xmover.run.Connection;
import xmover.run.ExitCode;
import xmover.run.JournalPlace;
import xmover.run.Report;
import xmover.run.Run;
import xmover.run.RunHistory;
import xmover.run.RunOptions;
import xmover.run.ServedMonitor;
import xmover.run.StateReader;
import xmover.run.Status;
import xmover.table.TableRef;
import xmover.table.TableState;
import xmover.web.ServeAddress;

/**
 * A CrateDB and what can be done about its tables: the one way in, for scripts, for JShell and for
 * the commands. All but a {@link Run} only looks. Its methods wait for their answer.
 */
public final class Toolkit implements AutoCloseable {
  private final Connection connection;
  private final LogOutput log;
  private final StandardOutput stdout;
  private final PrintWriter out;
  private UnaryOperator<String> ask;
  private volatile @Nullable Run run;

  private Toolkit(Connection connection, LogOutput log) {
    this.connection = connection;
    this.log = log;
    this.stdout = new StandardOutput(connection.environment());
    this.out = stdout.writer();
    this.ask = connection.environment().console()::answer;
  }

  /** Connects as {@code --connect URL} does; user and password may come from the environment. */
  public static Toolkit connect(String url) {
    return open(ConnectionOptions.of(url), ThisProcess.shared());
  }

  /** Connects with what is around it; the log goes to its stderr. */
  public static Toolkit open(ConnectionOptions options, Environment environment) {
    return open(options, environment, LogOutput.open(environment, Form.console, Severity.INFO));
  }

  /** The same with a log that is closed with it. */
  static Toolkit open(ConnectionOptions options, Environment environment, LogOutput log) {
    try {
      return new Toolkit(Connection.open(options, environment), log);
    } catch (RuntimeException refused) {
      log.close();
      throw refused;
    }
  }

  /** The connection itself, for what is not offered here. */
  public Connection connection() {
    return connection;
  }

  private Detection detection() {
    return running().map(Run::detection).orElseGet(connection::detection);
  }

  /** Somebody else asks than the console. */
  void asks(UnaryOperator<String> answers) {
    ask = answers;
  }

  /** The run that holds the lock at the moment. */
  Optional<Run> running() {
    return Optional.ofNullable(run).filter(Run::isOpen);
  }

  private <T> T asked(Future<T> answer) {
    return running().map(now -> now.asked(answer)).orElseGet(() -> Connection.await(answer));
  }

  /** Finds the problematic tables, with the thresholds of the handbook. */
  public Analysis detect() {
    return detect(Thresholds.DEFAULT, TableFilter.ALL);
  }

  /** Finds the problematic tables: at most six SELECTs, however many tables there are. */
  public Analysis detect(Thresholds thresholds, TableFilter filter) {
    return asked(detection().analyse(thresholds, filter));
  }

  /** The same with traces of what may have caused it: two SELECTs more. */
  public Analysis traced(Analysis seen) {
    return asked(detection().traced(seen));
  }

  /**
   * The tables named, to be healed.
   *
   * @param force however small their translogs; else one that is not problematic is refused
   */
  public Analysis named(List<String> tables, boolean force) {
    return asked(detection().named(new NamedTables(tables), force));
  }

  /** The tables and partitions that are called so. */
  public List<TableRef> tables(List<String> names) {
    return asked(detection().states().map(new NamedTables(names)::among)).stream()
        .map(TableState::table)
        .toList();
  }

  /** Every shard copy of these tables. */
  public CopyList copies(List<TableRef> tables) {
    return asked(detection().watched(tables));
  }

  /** What a run would do for these tables: each statement, what each gate says. */
  public Report plan(Analysis seen, RunOptions how) {
    try (Run dry = Run.begin(connection, log, how.dry())) {
      dry.heal(seen);
      Report report = dry.report();
      dry.end();
      return report;
    }
  }

  /**
   * Takes the cluster's lock, opens the journal and listens for signals. One run at a time; whoever
   * begins it closes it.
   */
  public Run begin(RunOptions how) {
    if (running().isPresent()) {
      throw new IllegalStateException("a run is under way: end it before the next one");
    }
    stay();
    Run begun = Run.begin(connection, log, how);
    run = begun;
    return begun;
  }

  /** Ends a run, which lets go of all it held, and then prints what it did. */
  public ExitCode end(Run over) {
    ExitCode code = over.end();
    if (!over.isResultPrinted()) {
      print(over.report());
    }
    return code;
  }

  /** What a failure of a script leaves behind is told with it. */
  RuntimeException after(RuntimeException failure) {
    return run == null ? failure : run.after(failure);
  }

  /** What the journal knows to be unfinished beside what the cluster says of it. */
  public Status status(JournalPlace journal) {
    return Status.of(connection, journal);
  }

  /** What runs did so far, as the journal knows it. */
  public RunHistory history(JournalPlace journal) {
    return RunHistory.of(connection, journal);
  }

  /**
   * Shows a plan and asks whether to go on; false also where the plan has nothing that can be done.
   * Refuses where nobody is there to be asked.
   */
  public boolean confirmed(String question, Supplier<Report> plan) {
    if (!stdout.isTerminal() || log.isJson()) {
      throw new InvalidSettings(
          "nobody is there to answer '%s': say yes beforehand, in a script with --yes, in JShell with yes as the first word"
              .formatted(question));
    }
    Report shown = plan.get();
    print(shown);
    return ExitCode.of(shown.done()) != ExitCode.ERROR
        && ask.apply(question + " Type yes: ").equals("yes");
  }

  /** The same with the plan for the tables named; one that is not problematic needs force. */
  public boolean confirmed(String question, List<String> tables, boolean force, RunOptions how) {
    if (how.printsForPrograms()) {
      throw new InvalidSettings(
          "--output json prints the result alone, and no plan to be confirmed: add --yes");
    }
    Analysis all = named(tables, true);
    return confirmed(
        question,
        () -> {
          Report plan = plan(all, how);
          if (!force) {
            refuseUnneeded(plan, tables);
          }
          return plan;
        });
  }

  private void refuseUnneeded(Report plan, List<String> tables) {
    try {
      named(tables, false);
    } catch (RuntimeException unneeded) {
      print(plan);
      throw unneeded;
    }
  }

  /** Waits for the next look; false at once where there is to be none. */
  public boolean again(Duration every) {
    if (every.isZero()) {
      return false;
    }
    LocalTime looked =
        connection.environment().clock().instant().atZone(ZoneId.systemDefault()).toLocalTime();
    print(
        "\nLooked at %s, again in %s. Ctrl-C ends it.\n"
            .formatted(
                looked.format(DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)),
                DurationText.text(every)));
    Connection.await(connection.timers().after(every));
    log.beside(stdout::clear);
    return true;
  }

  /** Shows over HTTP what is looked at every so often, until a signal comes. */
  public ExitCode serve(WatchArguments watch, List<String> tables, DetectionArguments which) {
    Environment environment = connection.environment();
    ServeAddress address = watch.address(environment);
    var thresholds = which.thresholds();
    return new ServedMonitor(
            connection,
            () -> sight(tables, thresholds, which.filter()),
            watch.servedEvery(),
            watch.journal(),
            stdout.messages())
        .run(address, watch.token(environment));
  }

  /** What compares one look with those before it. */
  public GrowthTracker growing() {
    return new GrowthTracker();
  }

  /** These tables at this moment, with every copy; one that is gone meanwhile is left out. */
  public ClusterState look(List<TableRef> tables, Thresholds thresholds) {
    return asked(
        new StateReader(connection, detection())
            .tables(
                states ->
                    tables.stream()
                        .flatMap(
                            table -> states.stream().filter(state -> state.table().equals(table)))
                        .toList(),
                thresholds));
  }

  private Future<ClusterState> sight(List<String> tables, Thresholds least, TableFilter of) {
    var reader = new StateReader(connection, connection.detection());
    return tables.isEmpty()
        ? reader.problems(least, of)
        : reader.tables(new NamedTables(tables)::among, least);
  }

  /** For people. */
  public void print(Analysis seen) {
    print(seen, OutputArguments.Form.text);
  }

  /** In the form asked for: text, json or csv. */
  public void print(Analysis seen, OutputArguments.Form form) {
    print(form.render(seen, stdout.terminal()));
  }

  /** A line per shard copy, how fast each table grows, and what heals it. */
  public void print(ClusterState seen) {
    var copies = seen.tables().stream().flatMap(table -> table.copies().stream()).toList();
    print(new CopyList(copies, seen.givenUp()));
    print(GrowthText.render(seen, stdout.terminal(), ZoneId.systemDefault()));
  }

  /** A line per shard copy. */
  public void print(CopyList seen) {
    print(
        seen.copies().isEmpty()
            ? "No table qualifies for a reset; name one to watch it.\n"
            : CopiesText.render(seen.copies(), stdout.terminal())
                + "\n"
                + GivenUpText.lines(seen.givenUp()));
  }

  /** What a run did or would do. With a log for programs that is its last event instead. */
  public void print(Report report) {
    if (log.isJson()) {
      return;
    }
    // Nobody may be there to read it.
    int code = ExitCode.of(report.done()).number();
    var late = connection.environment().end().within(ProcessEnd.AFTER_RUN, code);
    print("\n" + report.text(stdout.terminal(), log.isVerbose()));
    late.cancel(false);
  }

  /** What a part of a run did. */
  public void print(RunReport done) {
    print(new Report(done, Optional.empty()));
  }

  /** What is unfinished. */
  public void print(Status status) {
    print(status.text(stdout.terminal()));
  }

  /** What runs did so far. */
  public void print(RunHistory history) {
    print(history.text(stdout.terminal()));
  }

  /** For programs. */
  public void print(JsonNode json) {
    print(Json.pretty(json));
  }

  /** Prints what can't move the cursor, whoever it comes from. */
  public void print(String text) {
    log.beside(
        () -> {
          out.print(text);
          out.flush();
        });
  }

  /** Ends the process, once all is said. */
  void leave(ExitCode code) {
    log.flush();
    connection.environment().end().now(code.number());
  }

  /** A message, beside what is printed. */
  void say(String lines) {
    log.beside(() -> lines.lines().forEach(stdout.messages()::println));
  }

  private void stay() {
    if (run != null) {
      run.stay();
    }
  }

  /** Lets go of every connection, and then of the log: they may have something to say. */
  @Override
  public void close() {
    running().ifPresent(Run::close);
    stay();
    connection.close();
    log.close();
  }
}
