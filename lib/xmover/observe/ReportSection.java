package xmover.observe;

import java.util.List;

/**
 * A part of a report for people, before it has a form.
 *
 * @param rows a table under these headers; empty for none
 */
record ReportSection(
    String heading, List<String> lines, List<String> headers, List<List<String>> rows) {
  static ReportSection text(String heading, List<String> lines) {
    return new ReportSection(heading, List.copyOf(lines), List.of(), List.of());
  }

  static ReportSection table(String heading, List<String> headers, List<List<String>> rows) {
    return rows.isEmpty()
        ? text(heading, List.of("None."))
        : new ReportSection(heading, List.of(), headers, List.copyOf(rows));
  }
}
