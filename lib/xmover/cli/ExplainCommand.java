package xmover.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.environment.Environment;
import xmover.options.Action;
import xmover.options.CommonArguments;
import xmover.options.Nearest;
import xmover.run.ExitCode;
import xmover.table.Printable;

/** Says what an exit code, a gate, a state or an event means, and what to do. */
@Command(
    name = "explain",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Say what an exit code, a gate, a state or an event means, and what to do.",
    footer = {
      "",
      "Example: xmover explain 4",
      "Example: xmover explain shard-limit",
      "Without a word it lists all of them. Sends nothing to a cluster."
    })
public final class ExplainCommand implements Action {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "As the log, the summary or the shell shows it.")
  private List<String> typed = List.of();

  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    var words = Words.ofPage();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (typed.isEmpty()) {
      words.overview().forEach(out::println);
    } else {
      List<Words.Word> found =
          typed.stream().flatMap(word -> known(words, word).stream()).distinct().toList();
      found.stream()
          .flatMap(word -> word.lines().stream())
          .forEach(line -> out.println(Printable.line(line)));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private List<Words.Word> known(Words words, String word) {
    List<Words.Word> found = words.named(word);
    if (found.isEmpty()) {
      List<String> near = Nearest.to(word, words.names());
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "'%s' is no exit code, gate, state or event: %s"
              .formatted(
                  word,
                  near.isEmpty()
                      ? "xmover explain lists them"
                      : "did you mean " + String.join(" or ", near) + "?"));
    }
    return found;
  }
}
