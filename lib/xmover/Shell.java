package xmover;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import jdk.jshell.tool.JavaShellToolBuilder;
import xmover.cluster.ClusterFailure;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.environment.Environment;
import xmover.environment.ThisProcess;
import xmover.remedy.RemedyPolicy;
import xmover.run.Connection;
import xmover.run.ExitCode;
import xmover.run.Run;
import xmover.run.RunOptions;
import xmover.table.TableRef;

/**
 * A JShell with a connected toolkit. What is typed there is kept nowhere. On a terminal it asks
 * before it changes something; in a piped script {@code yes} has to be said beforehand.
 */
public final class Shell {
  /** What the snippets of the JShell find, which begin with nothing at hand. */
  private static final AtomicReference<Shell> OPENED = new AtomicReference<>();

  /** How its snippets run, by the name that JShell knows it by. */
  static final String EXECUTION = "xmover";

  private static final String STARTUP = "shell.jsh";

  private final Toolkit toolkit;
  private final RunOptions how;
  private final Supplier<Analysis> detection;
  private ExitCode worst = ExitCode.DONE;

  /** Said before the names of tables: nobody is asked. */
  public enum Yes {
    YES
  }

  /**
   * One in a JShell.
   *
   * @param how as typed and set, for the snippets to begin with
   * @param detection finds the tables that are to be looked at
   */
  Shell(Toolkit toolkit, RunOptions how, Supplier<Analysis> detection) {
    this.toolkit = toolkit;
    this.how = how;
    this.detection = detection;
  }

  /** The one whose JShell it is. */
  public static Shell opened() {
    return Objects.requireNonNull(OPENED.get(), "there is no shell");
  }

  public Toolkit toolkit() {
    return toolkit;
  }

  /** How a run goes about it, as typed and set. */
  public RunOptions how() {
    return how;
  }

  /** The terminal is JShell's: an answer comes from where it reads. */
  void answersFrom(InputStream typed) {
    toolkit.asks(
        question -> {
          toolkit.print(question);
          return line(typed);
        });
  }

  /** One byte after the other: JShell gives more of them only when as many lines were typed. */
  private static String line(InputStream typed) {
    var line = new ByteArrayOutputStream();
    try {
      for (int next = typed.read(); next >= 0 && next != '\n'; next = typed.read()) {
        line.write(next);
      }
      return line.toString(StandardCharsets.UTF_8).strip();
    } catch (IOException gone) {
      return "";
    }
  }

  /** Has a run put back what is at risk and end, if there is one. */
  boolean stops() {
    Optional<Run> run = toolkit.running();
    run.ifPresent(open -> open.stop("stopped by Ctrl-C"));
    return run.isPresent();
  }

  /**
   * Lets somebody type, or reads what is piped in, to its end; the code of the last thing that
   * failed.
   */
  ExitCode run() throws Exception {
    Environment environment = toolkit.connection().environment();
    boolean typed = environment.console().isTerminal();
    ClusterIdentity cluster = Connection.await(toolkit.connection().detection().identity());
    if (typed) {
      toolkit.print(greeting(cluster));
    }
    Path startup = startup();
    OPENED.set(this);
    try {
      int code = tool(environment, typed).start(words(startup, typed));
      return code == 0 ? worst : ExitCode.of(code);
    } finally {
      OPENED.set(null);
      Files.deleteIfExists(startup);
    }
  }

  private static String greeting(ClusterIdentity cluster) {
    return """
    XMover on cluster %s, CrateDB %s. Nothing typed here is written to disk.
      detect()              the problematic tables       var found = detect(); show(found)
      plan("doc.metrics")   what a run would do; plan() for all that qualify
      watch("doc.metrics")  its copies, every 5 s until Ctrl-C
      heal("doc.metrics")   the gentlest remedy; heal() for all that qualify
      reset("doc.metrics")  replicas to 0, wait for the leases, restore
      restore()             replicas back at once, of all that is unfinished
      status()              what is unfinished
      history()             what ended in the last 30 days
    heal and reset show the plan and ask. They go about it as was typed and as the settings file says
    (xmover settings): how = how.concurrent(2) changes that;
    xmover is the toolkit itself: xmover.<TAB>. /exit ends it.
    """
        .formatted(cluster.name(), String.join(" and ", cluster.versions()));
  }

  /** What is typed is kept in this map, and gone with it. */
  private static JavaShellToolBuilder tool(Environment environment, boolean typed) {
    var tool = JavaShellToolBuilder.builder().persistence(new HashMap<>());
    return typed
        ? tool
        : tool.in(environment.in(), null)
            .out(new PrintStream(environment.out(), true, StandardCharsets.UTF_8))
            .err(new PrintStream(environment.err(), true, StandardCharsets.UTF_8));
  }

  private static String[] words(Path startup, boolean typed) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--execution=" + EXECUTION,
                "--class-path",
                ThisProcess.classPath(),
                "--startup=DEFAULT",
                "--startup=" + startup,
                "--feedback=concise"));
    if (!typed) {
      // Without prompts.
      words.add("-");
    }
    return words.toArray(String[]::new);
  }

  /** JShell takes it from a file alone. */
  private static Path startup() throws IOException {
    Path file = Files.createTempFile("xmover-", "-" + STARTUP);
    try (InputStream text = Shell.class.getResourceAsStream("/" + STARTUP)) {
      Files.write(file, Objects.requireNonNull(text, STARTUP).readAllBytes());
      return file;
    } catch (IOException unwritten) {
      throw new UncheckedIOException(unwritten);
    }
  }

  /** Prints the problematic tables, and what may have caused it. */
  public Analysis detect() {
    Analysis seen = toolkit.traced(detection.get());
    toolkit.print(seen);
    return seen;
  }

  /** Prints what a run would do. */
  public void plan(RunOptions how, String... tables) {
    told(() -> toolkit.print(toolkit.plan(chosen(true, tables), how)));
  }

  /** Prints each copy every so often, until it is interrupted. */
  public void watch(Duration every, String... tables) {
    told(
        () -> {
          List<TableRef> watched =
              tables.length == 0 ? detection.get().tables() : toolkit.tables(List.of(tables));
          do {
            toolkit.print(toolkit.copies(watched));
          } while (waited(every));
        });
  }

  /** Ctrl-C interrupts it. */
  private boolean waited(Duration every) {
    try {
      toolkit.connection().timers().after(every).toCompletionStage().toCompletableFuture().get();
      return true;
    } catch (InterruptedException | ExecutionException ended) {
      return false;
    }
  }

  /** Shows the plan and asks, then heals. */
  public void heal(RunOptions how, String... tables) {
    told(
        () -> {
          if (toolkit.confirmed("Heal now?", () -> toolkit.plan(chosen(false, tables), how))) {
            healed(how, tables);
          }
        });
  }

  /** Heals these tables, or all that qualify. */
  public void heal(Yes yes, RunOptions how, String... tables) {
    told(() -> healed(how, tables));
  }

  private void healed(RunOptions how, String... tables) {
    try (Run run = toolkit.begin(how)) {
      run.heal(chosen(false, tables));
      end(run);
    }
  }

  /** Shows the plan and asks, then resets. */
  public void reset(RunOptions how, String... tables) {
    heal(resetting(how), tables);
  }

  /** Resets these tables, or all that qualify. */
  public void reset(Yes yes, RunOptions how, String... tables) {
    heal(yes, resetting(how), tables);
  }

  /** What is found early is never reset. */
  private static RunOptions resetting(RunOptions how) {
    return how.remedy(RemedyPolicy.RESET).early(false);
  }

  /** Puts replicas back at once. */
  public void restore(RunOptions how, String... tables) {
    told(
        () -> {
          try (Run run = toolkit.begin(how)) {
            run.restore(List.of(tables), Optional.empty());
            end(run);
          }
        });
  }

  /** Prints what is unfinished. */
  public void status(RunOptions how) {
    told(() -> toolkit.print(toolkit.status(how.journal())));
  }

  /** Prints what ended in the last 30 days. */
  public void history(RunOptions how) {
    told(() -> toolkit.print(toolkit.history(how.journal())));
  }

  /** By name those that are problematic; all of them where it is only to be seen. */
  private Analysis chosen(boolean all, String... tables) {
    return tables.length == 0 ? detection.get() : toolkit.named(List.of(tables), all);
  }

  private void end(Run run) {
    ended(toolkit.end(run));
  }

  /** What fails is told in a sentence, and what is typed next goes on. */
  private void told(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      RuntimeException told = toolkit.after(failure);
      toolkit.say("xmover: " + ClusterFailure.sentence(told));
      ended(ExitCode.of(told));
    }
  }

  private void ended(ExitCode code) {
    worst = worst == ExitCode.CRITICAL || code == ExitCode.DONE ? worst : code;
    if (code == ExitCode.TERMINATED || code == ExitCode.INTERRUPTED) {
      // The signal was for the process: what is still to be typed is not for it.
      toolkit.leave(worst);
    }
  }
}
