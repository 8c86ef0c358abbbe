package xmover.log;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tinylog.Level;
import org.tinylog.Logger;
import org.tinylog.TaggedLogger;
import org.tinylog.core.LogEntry;
import xmover.environment.Environment;
import xmover.environment.ThisProcess;
import xmover.table.Printable;

/**
 * The log of one command: its stderr, written by a thread of its own, so that a slow terminal never
 * holds up a reset. It can be waited for. tinylog brings the lines, whoever logs.
 */
public final class LogOutput implements AutoCloseable {
  /** How the lines look. */
  public enum Form {
    /** {@code 2024-01-15 10:30:16 [INFO] …} */
    console,
    /** One JSON object a line, and nothing else on the stream. */
    json
  }

  /** How much an event matters. */
  public enum Severity {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** Something that is drawn where the lines go. */
  @FunctionalInterface
  public interface Screen {
    /** Makes room, lets the lines be written, and draws itself anew below them. */
    void aside(Runnable lines);
  }

  private static final String THREAD_CHECKER = "io.vertx.core.internal.threadchecker";
  private static final int PATIENCE_SECONDS = 5;

  private final Form form;
  private final Level least;
  private final boolean debug;
  private final PrintStream err;
  private final ExecutorService writing =
      Executors.newSingleThreadExecutor(
          task -> {
            var thread = new Thread(task, "log");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable LogOutput before;
  private volatile Screen screen = Runnable::run;

  private LogOutput(OutputStream err, Form form, Severity least, boolean debug) {
    this.form = form;
    this.least = Level.valueOf(least.name());
    this.debug = debug;
    this.err = new PrintStream(err, false, StandardCharsets.UTF_8);
  }

  /**
   * Opens the log of a command that this thread begins; what it logs until it is closed goes there.
   *
   * @param debug whether to tell of threads that are blocked, too: nothing an operator can act on
   */
  public static LogOutput open(Environment environment, Form form, Severity least, boolean debug) {
    return entered(new LogOutput(environment.err(), form, least, debug));
  }

  /** The same for a part of a command, which tells as much of threads. */
  public static LogOutput open(Environment environment, Form form, Severity least) {
    LogOutput around = LogWriter.ofThisThread();
    boolean debug = around != null && around.debug;
    return open(environment, form, least, debug);
  }

  private static LogOutput entered(LogOutput output) {
    output.before = LogWriter.enter(output);
    return output;
  }

  /** Where it is told what no command has to do with. */
  static LogOutput ofThisProcess() {
    return new LogOutput(ThisProcess.err(), Form.console, Severity.WARN, false);
  }

  Form form() {
    return form;
  }

  /** Whether every look is logged, too. */
  public boolean isVerbose() {
    return least == Level.DEBUG;
  }

  /** Whether programs read it. */
  public boolean isJson() {
    return form == Form.json;
  }

  /** Whether somebody reads along, and not only what went wrong. */
  public boolean isForPeople() {
    return form == Form.console && least.compareTo(Level.INFO) <= 0;
  }

  /** Prints something beside the log once that is written; what is drawn makes room for it. */
  public void beside(Runnable print) {
    flush();
    screen.aside(print);
  }

  /** From now on lines are written beside this. */
  public void show(Screen beside) {
    screen = beside;
  }

  /** An event of the command, whatever thread tells it; with JSON it is an object already. */
  void log(Severity severity, String line) {
    LogOutput other = LogWriter.enter(this);
    TaggedLogger logger = Logger.tag(form == Form.json ? JsonLines.EVENT : null);
    switch (severity) {
      case DEBUG -> logger.debug((Object) line);
      case INFO -> logger.info((Object) line);
      case WARN -> logger.warn((Object) line);
      case ERROR -> logger.error((Object) line);
    }
    LogWriter.enter(other);
  }

  /**
   * Writes an entry, by and by.
   *
   * @param text the same in the form for people
   */
  void write(LogEntry entry, String text) {
    if (isWanted(entry)) {
      String lines = form == Form.json ? JsonLines.line(entry) : printable(text);
      byWriter(() -> screen.aside(() -> print(lines)));
    }
  }

  private boolean isWanted(LogEntry entry) {
    return entry.getLevel().compareTo(least) >= 0
        && (debug || !String.valueOf(entry.getClassName()).startsWith(THREAD_CHECKER));
  }

  /** Only a line begins at the margin: what follows it, as a stack trace does, is indented. */
  public static String printable(String entry) {
    return Printable.lines(entry).stripTrailing().replaceAll("\r?+\n(?!\t)", "\n    ") + "\n";
  }

  private void print(String lines) {
    err.print(lines);
    err.flush();
  }

  /** After it was closed, whoever has still something to say writes it. */
  private void byWriter(Runnable write) {
    try {
      writing.execute(write);
    } catch (RejectedExecutionException closed) {
      write.run();
    }
  }

  /** Waits until every line is written, some seconds at most. */
  public void flush() {
    var mark = new CountDownLatch(1);
    byWriter(mark::countDown);
    try {
      var unused = mark.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    flush();
    writing.shutdown();
    LogWriter.enter(before);
  }
}
