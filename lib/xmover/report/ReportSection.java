package xmover.report;

import java.util.List;

/**
 * A part of a report for people, before it has a form.
 *
 * @param rows a table under these headers; empty for none
 * @param isFolded whether it is for those who want to know more
 */
record ReportSection(
    String heading,
    List<String> lines,
    List<String> headers,
    List<List<String>> rows,
    boolean isFolded) {
  ReportSection {
    lines = List.copyOf(lines);
    rows = List.copyOf(rows);
  }

  static ReportSection text(String heading, List<String> lines) {
    return new ReportSection(heading, lines, List.of(), List.of(), false);
  }

  static ReportSection table(String heading, List<String> headers, List<List<String>> rows) {
    return rows.isEmpty()
        ? text(heading, List.of("None."))
        : new ReportSection(heading, List.of(), headers, rows, false);
  }

  /** With sentences after the table, or in place of it. */
  ReportSection and(List<String> more) {
    return more.isEmpty() ? this : new ReportSection(heading, more, headers, rows, isFolded);
  }

  ReportSection folded() {
    return new ReportSection(heading, lines, headers, rows, true);
  }
}
