package xmover.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import xmover.cluster.ClusterFailure;
import xmover.cluster.InvalidSettings;
import xmover.detect.NoSuchTable;
import xmover.detect.ResetForbidden;
import xmover.journal.JournalFailure;
import xmover.observe.JsonLines;
import xmover.observe.LogLines;
import xmover.observe.PrintableWriter;
import xmover.observe.ReportFile;
import xmover.observe.ServiceUrl;
import xmover.observe.metrics.MetricsFile;
import xmover.observe.metrics.StatsdAddress;
import xmover.observe.web.OrderFailed;
import xmover.observe.web.ServeAddress;
import xmover.reset.UnknownOriginal;
import xmover.safety.HoldRefused;
import xmover.table.Bytes;
import xmover.table.Printable;

/**
 * Runs a command the way every command runs: bad input is one sentence, an exit code always fits.
 */
public final class Cli {
  private Cli() {}

  /** Runs a command in a process of its own, and answers the exit code to leave that with. */
  public static int run(Object command, String... arguments) {
    ProcessEnd.OF_THIS_PROCESS.watch();
    if (CommonArguments.isDebug(List.of(arguments))) {
      LogLines.tellBlockedThreads();
    }
    int code = commandLine(command).execute(arguments);
    ProcessEnd.OF_THIS_PROCESS.within(ProcessEnd.AFTER_COMMAND, code);
    return code;
  }

  static CommandLine commandLine(Object command) {
    // Numbers are written for programs as well as for people, and the same everywhere.
    Locale.setDefault(Locale.ROOT);
    return new CommandLine(command)
        // UTF-8 whatever the locale: a name must survive the pipe to another program.
        .setOut(utf8(FileDescriptor.out, StandardOutput.isColored()))
        .setErr(utf8(FileDescriptor.err, false))
        .registerConverter(Duration.class, new DurationConverter())
        .registerConverter(Bytes.class, new BytesConverter())
        .registerConverter(BackoffConverter.Choice.class, new BackoffConverter())
        .registerConverter(ServiceUrl.class, new TypedValue<>(ServiceUrl::of))
        .registerConverter(ServeAddress.class, new TypedValue<>(ServeAddress::parse))
        .registerConverter(
            ReportFile.class, new TypedValue<>(file -> new ReportFile(Path.of(file))))
        .registerConverter(MetricsFile.class, new TypedValue<>(MetricsFile::of))
        .registerConverter(StatsdAddress.class, new TypedValue<>(StatsdAddress::of))
        .registerConverter(int.class, Cli::wholeNumber)
        .registerConverter(Integer.class, Cli::wholeNumber)
        .registerConverter(double.class, Cli::number)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Cli::badInput)
        .setExecutionExceptionHandler(Cli::failed);
  }

  private static PrintWriter utf8(FileDescriptor stream, boolean colored) {
    var out = new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8);
    return new PrintableWriter(new BufferedWriter(out), colored);
  }

  private static Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException refused) {
      throw new TypeConversionException("'" + text + "' is no whole number");
    }
  }

  private static Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException refused) {
      throw new TypeConversionException("'" + text + "' is no number");
    }
  }

  private static int badInput(ParameterException refused, String[] arguments) {
    CommandLine commandLine = refused.getCommandLine();
    PrintWriter err = commandLine.getErr();
    String sentence =
        ServiceUrl.hiddenInAny(Objects.requireNonNullElse(refused.getMessage(), "bad input"));
    if (LogArguments.isJson(List.of(arguments))) {
      log(err, sentence, null);
      return ExitCode.ERROR.number();
    }
    err.println(Printable.line("xmover: " + sentence));
    if (!UnmatchedArgumentException.printSuggestions(refused, err)) {
      err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.ERROR.number();
  }

  private static int failed(Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    boolean traced = CommonArguments.isDebug(parsed);
    if (LogArguments.isJson(parsed.originalArgs())) {
      traced |= !isExpected(failure);
      log(err, ClusterFailure.sentence(failure), traced ? failure : null);
      return ExitCode.of(failure).number();
    }
    String sentence =
        isExpected(failure)
            ? ClusterFailure.sentence(failure)
            : "unexpected " + failure + " (--debug shows where it comes from)";
    String told = failure instanceof OpenEntries ? sentence : Printable.line(sentence);
    ("xmover: " + told).lines().forEach(err::println);
    if (traced) {
      failure.printStackTrace(err);
    }
    return ExitCode.of(failure).number();
  }

  /** The last line of a log in JSON, after all that was logged before. */
  private static void log(PrintWriter err, String sentence, @Nullable Exception stackOf) {
    LogLines.flush();
    err.println(JsonLines.error(Instant.now(), sentence, stackOf));
    err.flush();
  }

  /** Failures whose message is a sentence for the operator. */
  private static boolean isExpected(Exception failure) {
    return failure instanceof ClusterFailure
        || failure instanceof HoldRefused
        || failure instanceof InvalidSettings
        || failure instanceof JournalFailure
        || failure instanceof NoSuchTable
        || failure instanceof OpenEntries
        || failure instanceof OrderFailed
        || failure instanceof ResetForbidden
        || failure instanceof UnknownOriginal
        || failure instanceof UnfinishedResets;
  }
}
