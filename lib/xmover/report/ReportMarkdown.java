package xmover.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import xmover.table.Printable;

/** A report in Markdown, as tickets and wikis take it. */
final class ReportMarkdown {
  private ReportMarkdown() {}

  static String of(RunRecord record) {
    var text = new StringBuilder("# " + escaped(ReportSections.title(record)) + "\n");
    for (ReportSection section : ReportSections.of(record)) {
      text.append("\n## ").append(section.heading()).append("\n\n");
      if (!section.rows().isEmpty()) {
        text.append(row(section.headers()));
        text.append(row(Collections.nCopies(section.headers().size(), "---")));
        section
            .rows()
            .forEach(row -> text.append(row(row.stream().map(ReportMarkdown::escaped).toList())));
        text.append(section.lines().isEmpty() ? "" : "\n");
      }
      section.lines().forEach(line -> text.append("- ").append(escaped(line)).append('\n'));
    }
    return text.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Names and errors are told as they are: nothing in them is markup. */
  private static String escaped(String text) {
    return Printable.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_~\\[\\]|])", "\\\\$1");
  }
}
