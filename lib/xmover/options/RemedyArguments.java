package xmover.options;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.remedy.RemedyPolicy;
import xmover.reset.Remedy;

/** What is done for a problematic table. */
final class RemedyArguments {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--remedy",
      paramLabel = "REMEDY",
      split = ",",
      description = {
        "What may be done, the gentlest first (default: auto for heal, else reset):",
        "  flush: commit the translogs, where no operation is missing",
        "  move: build a copy that misses one anew on another node; no copy is missing meanwhile",
        "  rebuild: build it anew where two other copies are there (also: cancel)",
        "  rebuild-alone: the same with the primary alone, one shard at a time",
        "  reset: replicas to 0 and back",
        "  auto: all of them, each where the one before does not fit or did not help",
        "Several are separated by commas. What is not named is not done."
      })
  private List<String> remedies = List.of();

  /** What was typed; refuses what is no remedy before anything is sent. */
  RemedyPolicy policy(RemedyPolicy untyped) {
    return remedies.isEmpty() ? untyped : policy();
  }

  private RemedyPolicy policy() {
    Set<Remedy> allowed = EnumSet.noneOf(Remedy.class);
    remedies.forEach(name -> allowed.addAll(named(name)));
    return RemedyPolicy.of(allowed);
  }

  private Set<Remedy> named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "auto" -> RemedyPolicy.AUTO.allowed();
      case "flush" -> Set.of(Remedy.FLUSH);
      case "move" -> Set.of(Remedy.MOVE);
      case "rebuild", "cancel" -> Set.of(Remedy.REBUILD);
      case "rebuild-alone" -> Set.of(Remedy.REBUILD_ALONE);
      case "reset" -> Set.of(Remedy.RESET);
      default ->
          throw new ParameterException(
              Objects.requireNonNull(command).commandLine(),
              "--remedy: '%s' is no remedy: write auto, flush, move, rebuild, rebuild-alone or reset"
                  .formatted(name));
    };
  }
}
