package xmover;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One command of the operating system, with an environment of its own and no terminal. */
public final class Command {
  /** How it ended and what it wrote. */
  public record Outcome(int exitCode, String out, String err) {}

  private final ProcessBuilder process;

  private Command(List<String> words) {
    process = new ProcessBuilder(words);
    // Whatever started these tests must not choose the JBang of the commands they start.
    process.environment().keySet().removeAll(List.of("XMOVER_JBANG", "JBANG_JAR", "NO_COLOR"));
  }

  /** The repository's launcher, which finds its JBang where the one of these tests came from. */
  public static Command jbang(String... arguments) {
    return of(Repository.root().resolve("jbang"), arguments).quickly();
  }

  public static Command of(Path program, String... arguments) {
    var words = new ArrayList<>(List.of(program.toString()));
    words.addAll(List.of(arguments));
    return new Command(words);
  }

  /** Where a program of this name lies on the PATH. */
  public static Optional<Path> installed(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public Command in(Path folder) {
    process.directory(folder.toFile());
    return this;
  }

  public Command with(String variable, Object value) {
    process.environment().put(variable, value.toString());
    return this;
  }

  public Command withDefault(String variable, Object value) {
    process.environment().putIfAbsent(variable, value.toString());
    return this;
  }

  public Command without(String variable) {
    process.environment().remove(variable);
    return this;
  }

  /** Every Java in it runs what it compiled once: for javac that is a third of the CPU. */
  public Command quickly() {
    return with("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
  }

  /** Runs it to its end, five minutes at most. */
  public Outcome run() throws IOException, InterruptedException {
    Path out = Files.createTempFile("command", ".out");
    Path err = Files.createTempFile("command", ".err");
    try {
      Process running =
          process
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!running.waitFor(5, TimeUnit.MINUTES)) {
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        throw new IllegalStateException(
            process.command() + " did not end: " + Files.readString(out) + Files.readString(err));
      }
      return new Outcome(running.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
