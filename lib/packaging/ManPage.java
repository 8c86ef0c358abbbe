package packaging;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import xmover.options.HelpGroup;
import xmover.options.HelpPage;

/** A page for {@code man}, of what the help of a command says. */
record ManPage(CommandLine commandLine, String version) {
  /** As in {@code xmover-detect}. */
  String name() {
    return spec().qualifiedName("-");
  }

  String text() {
    var page = new StringBuilder();
    String upper = name().toUpperCase(Locale.ROOT);
    page.append(".TH \"%s\" 1 \"\" \"xmover %s\"\n".formatted(upper, version));
    page.append(".SH NAME\n").append(name()).append(" \\- ");
    page.append(escaped(String.join(" ", spec().usageMessage().description()))).append('\n');
    page.append(".SH SYNOPSIS\n");
    page.append(escaped(commandLine.getHelp().synopsis(0).strip())).append('\n');
    examples(page);
    parameters(page);
    options(page);
    commands(page);
    footer(page);
    return page.toString();
  }

  private void examples(StringBuilder page) {
    List<String> examples = HelpPage.examples(spec());
    if (!examples.isEmpty()) {
      page.append(".SH EXAMPLES\n");
      examples.forEach(line -> page.append(".PP\n").append(escaped(line)).append('\n'));
    }
  }

  private void parameters(StringBuilder page) {
    List<PositionalParamSpec> shown =
        spec().positionalParameters().stream().filter(each -> !each.hidden()).toList();
    if (!shown.isEmpty()) {
      page.append(".SH ARGUMENTS\n");
      shown.forEach(each -> entry(page, each.paramLabel(), each.description()));
    }
  }

  private void options(StringBuilder page) {
    Map<HelpGroup, List<OptionSpec>> groups = HelpGroup.of(spec());
    if (!groups.isEmpty()) {
      page.append(".SH OPTIONS\n");
    }
    groups.forEach(
        (group, options) -> {
          page.append(".SS ").append(group.heading()).append('\n');
          options.forEach(each -> entry(page, typed(each), each.description()));
        });
  }

  private static String typed(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private void commands(StringBuilder page) {
    Map<String, CommandLine> commands = commandLine.getSubcommands();
    if (!commands.isEmpty()) {
      page.append(".SH COMMANDS\n");
      commands.forEach(
          (name, each) -> entry(page, name, each.getCommandSpec().usageMessage().description()));
    }
  }

  private void footer(StringBuilder page) {
    List<String> notes = HelpPage.notes(spec());
    if (!notes.isEmpty()) {
      page.append(".SH NOTES\n");
      notes.forEach(line -> page.append(".PP\n").append(escaped(line)).append('\n'));
    }
  }

  private static void entry(StringBuilder page, String term, String... description) {
    page.append(".TP\n\\fB").append(escaped(term)).append("\\fR\n");
    for (String line : description) {
      page.append(escaped(line)).append("\n.br\n");
    }
  }

  private CommandSpec spec() {
    return commandLine.getCommandSpec();
  }

  /** As roff reads it: a dot or quote at the beginning of a line would be a request. */
  private static String escaped(String text) {
    return Ansi.OFF
        .string(text.replace("%n", "\n").replace("%%", "%"))
        .lines()
        .map(line -> line.replace("\\", "\\e").replace("-", "\\-"))
        .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
        .map(ManPage::ascii)
        .collect(Collectors.joining("\n"));
  }

  private static String ascii(String line) {
    return line.codePoints()
        .mapToObj(
            point ->
                point < 0x80
                    ? Character.toString(point)
                    : String.format(Locale.ROOT, "\\[u%04X]", point))
        .collect(Collectors.joining());
  }
}
