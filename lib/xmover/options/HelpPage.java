package xmover.options;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The help of a command, examples first: in short with the options of an incident, or all of it in
 * groups. Examples are the lines of a command's footer that begin so.
 */
public final class HelpPage {
  private static final String EXAMPLE = "Example: ";
  private static final String EXAMPLES = "examples";
  private static final String TABLE = "TABLE";

  /** What is short enough to stand as it is: often a warning follows the first clause. */
  private static final int SHORT = 100;

  private HelpPage() {}

  /** The short help, of a command and of those that are typed after it. */
  static void shorten(CommandLine family) {
    lay(family, false);
    family.getSubcommands().values().forEach(one -> lay(one, false));
  }

  /** Prints all of it, and of the commands that are typed after it. */
  static void printAll(CommandLine command) {
    lay(command, true);
    command.usage(command.getOut(), command.getColorScheme());
    lay(command, false);
    command.getSubcommands().values().stream()
        .filter(one -> one.getCommandSpec().findOption(CommonArguments.HELP_ALL) != null)
        .forEach(
            one -> {
              command.getOut().println("\n");
              printAll(one);
            });
  }

  private static void lay(CommandLine command, boolean all) {
    command.setHelpSectionKeys(
        List.of(
            SECTION_KEY_SYNOPSIS_HEADING,
            SECTION_KEY_SYNOPSIS,
            SECTION_KEY_DESCRIPTION,
            EXAMPLES,
            SECTION_KEY_OPTION_LIST,
            SECTION_KEY_COMMAND_LIST_HEADING,
            SECTION_KEY_COMMAND_LIST,
            SECTION_KEY_FOOTER));
    var sections = command.getHelpSectionMap();
    sections.put(EXAMPLES, HelpPage::examples);
    sections.put(SECTION_KEY_OPTION_LIST, all ? HelpPage::groups : HelpPage::urgent);
    sections.put(SECTION_KEY_FOOTER, help -> footer(help, all));
  }

  /** How a command may be typed. */
  public static List<String> examples(CommandSpec command) {
    return lines(command)
        .filter(line -> line.startsWith(EXAMPLE))
        .map(line -> line.substring(EXAMPLE.length()))
        .toList();
  }

  /** What else there is to know of it. */
  public static List<String> notes(CommandSpec command) {
    return lines(command).filter(line -> !line.isEmpty() && !line.startsWith(EXAMPLE)).toList();
  }

  private static Stream<String> lines(CommandSpec command) {
    return Arrays.stream(command.usageMessage().footer())
        .flatMap(each -> each.replace("%n", "\n").lines());
  }

  private static String examples(Help help) {
    String examples =
        examples(help.commandSpec()).stream()
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining());
    return examples.isEmpty() ? "" : "\n" + heading(help, "Examples") + examples;
  }

  private static String footer(Help help, boolean all) {
    CommandSpec command = help.commandSpec();
    String notes =
        notes(command).stream().map(line -> text(help, line)).collect(Collectors.joining());
    boolean hasMore = !all && command.findOption(CommonArguments.HELP_ALL) != null;
    String more =
        hasMore
            ? "All options: " + command.qualifiedName() + " " + CommonArguments.HELP_ALL + "\n"
            : "";
    String moved = all ? text(help, moved(command)) : "";
    return notes.isEmpty() && more.isEmpty() && moved.isBlank() ? "" : "\n" + notes + more + moved;
  }

  /** What nobody types in an incident is set in a file, and is taken as an option all the same. */
  private static String moved(CommandSpec command) {
    List<String> names =
        command.options().stream()
            .filter(OptionSpec::hidden)
            .map(option -> option.longestName().substring(2))
            .sorted()
            .toList();
    return names.isEmpty()
        ? ""
        : "Set in a file, or typed as options: %s (see xmover settings --help)."
            .formatted(String.join(", ", names));
  }

  private static String text(Help help, String line) {
    return CommandLine.Help.join(
            help.colorScheme().ansi(),
            help.commandSpec().usageMessage().width(),
            true,
            new String[] {line},
            new StringBuilder())
        .toString();
  }

  private static String heading(Help help, String text) {
    return help.colorScheme().ansi().string("@|bold " + text + ":|@") + "\n";
  }

  private static String urgent(Help help) {
    CommandSpec command = help.commandSpec();
    List<OptionSpec> options = HelpGroup.urgent(command);
    Help.Layout layout = layout(help, options);
    layout.addPositionalParameters(command.positionalParameters(), help.parameterLabelRenderer());
    Help.IOptionRenderer renderer = help.createDefaultOptionRenderer();
    for (OptionSpec option : options) {
      Text[][] rows = renderer.render(option, help.parameterLabelRenderer(), help.colorScheme());
      layout.layout(option, new Text[][] {inShort(help, rows)});
    }
    return "\n" + layout + (command.subcommands().isEmpty() ? "" : "\n");
  }

  /** Names and description of an option; of a long one the first clause says what it is for. */
  private static Text[] inShort(Help help, Text[][] rows) {
    Text[] row = rows[0].clone();
    int last = row.length - 1;
    String description = row[last].plainString();
    if (rows.length > 1 || description.length() > SHORT) {
      row[last] = help.colorScheme().ansi().new Text(clause(description));
    }
    return row;
  }

  private static String groups(Help help) {
    CommandSpec command = help.commandSpec();
    var page = new StringBuilder("\n");
    List<PositionalParamSpec> tables = positional(command, true);
    List<PositionalParamSpec> others = positional(command, false);
    if (!others.isEmpty()) {
      page.append(list(help, List.of(), others)).append('\n');
    }
    var groups = HelpGroup.of(command);
    for (HelpGroup group : HelpGroup.values()) {
      List<OptionSpec> options = groups.getOrDefault(group, List.of());
      List<PositionalParamSpec> named = group == HelpGroup.TABLES ? tables : List.of();
      if (!options.isEmpty() || !named.isEmpty()) {
        page.append(heading(help, group.heading())).append(list(help, options, named)).append('\n');
      }
    }
    return page.substring(0, page.length() - 1);
  }

  private static List<PositionalParamSpec> positional(CommandSpec command, boolean tables) {
    return command.positionalParameters().stream()
        .filter(one -> one.paramLabel().equals(TABLE) == tables)
        .toList();
  }

  private static String list(
      Help help, List<OptionSpec> options, List<PositionalParamSpec> positional) {
    Help.Layout layout = layout(help, help.commandSpec().options());
    layout.addPositionalParameters(positional, help.parameterLabelRenderer());
    layout.addOptions(options, help.parameterLabelRenderer());
    return layout.toString();
  }

  /** Columns as wide as these options need. */
  private static Help.Layout layout(Help help, List<OptionSpec> options) {
    return help.createDefaultLayout(
        options, help.commandSpec().positionalParameters(), help.colorScheme());
  }

  /** Up to the first full stop, colon or semicolon that is not in parentheses. */
  static String clause(String description) {
    int depth = 0;
    for (int i = 0; i < description.length(); i++) {
      char at = description.charAt(i);
      depth += at == '(' ? 1 : at == ')' ? -1 : 0;
      boolean ends = i + 1 == description.length() || description.charAt(i + 1) == ' ';
      if (depth == 0 && ends && ".:;".indexOf(at) >= 0) {
        return description.substring(0, i) + ".";
      }
    }
    return description;
  }
}
