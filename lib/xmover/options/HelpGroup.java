package xmover.options;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The headings of a help, and which options stand under each: in every command in this order. */
public enum HelpGroup {
  TABLES("Which tables", "--table", "--exclude", "--schema", "--sizeMB", "--percentage", "--early"),
  /** What a command has for itself is here, too. */
  ACTION("What is done", "--dry-run", "--remedy", "--yes", "--force"),
  PACE("Pace", "--concurrent", "--max-tables", "--batch-size", "--batch-pause", "--max-runtime"),
  WAITING(
      "Waiting",
      "--max-wait",
      "--max-exposure",
      "--backoff",
      "--lease-sync",
      "--gate-wait",
      "--recovery-timeout",
      "--wait-recovery",
      "--watch"),
  SAFETY(
      "Safety",
      "--max-exposed-tables",
      "--max-exposed-bytes",
      "--max-recovering",
      "--hold-rebalance",
      "--require-snapshot",
      "--abort-on-red",
      "--max-resets",
      "--resets-within",
      "--ignore-gate"),
  JOURNAL("Journal", "--journal", "--no-resume", "--takeover"),
  REPORTING(
      "Reporting",
      "--output",
      "--serve",
      "--serve-after",
      "--report",
      "--webhook",
      "--alertmanager",
      "--push-gateway",
      "--metrics-file",
      "--statsd",
      "--log-format",
      "--log-file",
      "--verbose",
      "--quiet",
      "--color",
      "--debug"),
  CONNECTION(
      "Connection",
      "--connect",
      "--profile",
      "--settings",
      "--connect-timeout",
      "--read-timeout",
      "--alter-timeout",
      "--pool-size",
      "--allow-cleartext-password"),
  HELP("Help", "--help", CommonArguments.HELP_ALL, "--version");

  /** What is typed in an incident, of what several commands have. */
  private static final Set<String> URGENT =
      Set.of(
          "--table",
          "--exclude",
          "--dry-run",
          "--remedy",
          "--yes",
          "--force",
          "--concurrent",
          "--max-tables",
          "--max-runtime",
          "--max-wait",
          "--watch",
          "--ignore-gate",
          "--journal",
          "--takeover",
          "--output",
          "--serve",
          "--report",
          "--connect",
          "--profile",
          "--help",
          "--version",
          CommonArguments.HELP_ALL);

  private final String heading;

  /** A copy that nobody changes, which Error Prone can't know. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> names;

  HelpGroup(String heading, String... names) {
    this.heading = heading;
    this.names = List.of(names);
  }

  /** In words. */
  public String heading() {
    return heading;
  }

  /** The options of a command that have a heading, in the order of the help. */
  public static Map<HelpGroup, List<OptionSpec>> of(CommandSpec command) {
    Map<HelpGroup, List<OptionSpec>> groups = new EnumMap<>(HelpGroup.class);
    for (HelpGroup group : values()) {
      List<OptionSpec> options =
          command.options().stream()
              .filter(option -> !option.hidden() && of(option) == group)
              .sorted(
                  Comparator.<OptionSpec>comparingInt(group::place)
                      .thenComparingInt(OptionSpec::order))
              .toList();
      if (!options.isEmpty()) {
        groups.put(group, options);
      }
    }
    return groups;
  }

  /** Those of them that are typed in an incident. */
  static List<OptionSpec> urgent(CommandSpec command) {
    return of(command).values().stream()
        .flatMap(List::stream)
        .filter(option -> isOwn(option) || URGENT.contains(option.longestName()))
        .toList();
  }

  private static boolean isOwn(OptionSpec option) {
    return of(option) == ACTION && !ACTION.names.contains(option.longestName());
  }

  private static HelpGroup of(OptionSpec option) {
    for (HelpGroup group : values()) {
      if (group.names.contains(option.longestName())) {
        return group;
      }
    }
    return ACTION;
  }

  private int place(OptionSpec option) {
    return names.indexOf(option.longestName());
  }

  /** All options that stand under a heading by name. */
  static Set<String> named() {
    Set<String> named = new LinkedHashSet<>();
    for (HelpGroup group : values()) {
      named.addAll(group.names);
    }
    return named;
  }
}
