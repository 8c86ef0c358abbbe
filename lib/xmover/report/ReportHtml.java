package xmover.report;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import xmover.reset.RunReport;
import xmover.table.Printable;

/** A report as one HTML page without scripts, to be mailed, printed or kept as it is. */
final class ReportHtml {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8886; --bad: #b3261e; --warn: #8a5300; --good: #1b6e3c; }
      html { background: Canvas; color: CanvasText; }
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.5rem; margin: 0; }
      h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem; }
      p { margin: .25rem 0; overflow-wrap: anywhere; }
      .verdict p:first-of-type { font-size: 1.3rem; font-weight: 600; }
      .verdict { border-left: .4rem solid var(--now); padding-left: .8rem; margin: 1rem 0; }
      .bad { --now: var(--bad); } .warn { --now: var(--warn); } .good { --now: var(--good); }
      .verdict p:first-of-type { color: var(--now); }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-size: .9rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
      th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); }
      td { overflow-wrap: break-word; }
      td:first-child { font-weight: 600; overflow-wrap: anywhere; min-width: 9rem; }
      td.short { white-space: nowrap; }
      summary { cursor: pointer; margin-top: .75rem; padding: .25rem 0; border-top: 1px solid var(--line); }
      summary h2 { display: inline; }
      @media (prefers-color-scheme: dark) {
        :root { --bad: #ff8a80; --warn: #ffc266; --good: #7fd6a0; }
      }
      @media screen and (max-width: 45rem) {
        body { margin: 1rem auto; }
        table, tbody, tr, td:first-child { display: block; }
        thead, td.none { display: none; }
        tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
        td, td.short { display: inline; border: 0; padding: 0; overflow-wrap: anywhere; white-space: normal; }
        td:not(:first-child)::before { content: attr(data-label) ": "; opacity: .8; }
        td:not(:first-child):not(:last-child)::after { content: " · "; }
      }
      @page { size: A4; margin: 12mm; }
      @media print {
        :root { color-scheme: light; --bad: #b3261e; --warn: #8a5300; --good: #1b6e3c; }
        body { font-size: 9pt; line-height: 1.3; margin: 0; padding: 0; max-width: none; }
        h1 { font-size: 14pt; } h2 { font-size: 10.5pt; margin-top: 8pt; break-after: avoid; }
        .verdict p:first-of-type { font-size: 12pt; }
        .wide { overflow: visible; }
        table { width: 100%; font-size: 8pt; line-height: 1.2; }
        th, td { padding: 1.5pt 5pt 1.5pt 0; }
        td:first-child { min-width: 6rem; }
        td.short { white-space: normal; }
        thead { display: table-header-group; }
        tr, p { break-inside: avoid; }
        details:not([open]) { display: none; }
      }
      """;

  /** So long a cell is kept on one line. */
  private static final int SHORT = 20;

  private final XMLStreamWriter xml;

  private ReportHtml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(RunRecord record) {
    var page = new StringWriter();
    page.write("<!DOCTYPE html>\n");
    try {
      new ReportHtml(XMLOutputFactory.newFactory().createXMLStreamWriter(page)).write(record);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("a string takes everything", impossible);
    }
    return page + "\n";
  }

  private void write(RunRecord record) throws XMLStreamException {
    open("html", "lang", "en");
    open("head");
    xml.writeEmptyElement("meta");
    xml.writeAttribute("charset", "utf-8");
    xml.writeEmptyElement("meta");
    xml.writeAttribute("name", "viewport");
    xml.writeAttribute("content", "width=device-width");
    element("title", ReportSections.title(record));
    open("style");
    xml.writeCharacters(STYLE);
    xml.writeEndElement();
    xml.writeEndElement();
    open("body");
    open("main");
    element("h1", ReportSections.title(record));
    List<ReportSection> sections = ReportSections.of(record);
    open("div", "class", "verdict " + level(record));
    content(sections.get(0));
    xml.writeEndElement();
    for (ReportSection section : sections.subList(1, sections.size())) {
      if (section.isFolded()) {
        folded(section);
      } else {
        section(section);
      }
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
    xml.close();
  }

  private static String level(RunRecord record) {
    RunReport report = record.report();
    if (report.failed() > 0 || record.error().isPresent() || !report.critical().isEmpty()) {
      return "bad";
    }
    return report.notCured().isEmpty() ? "good" : "warn";
  }

  private void section(ReportSection section) throws XMLStreamException {
    element("h2", section.heading());
    content(section);
  }

  /** Closed until somebody opens it, on the screen and so in print. */
  private void folded(ReportSection section) throws XMLStreamException {
    open("details");
    open("summary");
    element("h2", section.heading());
    xml.writeCharacters(section.rows().isEmpty() ? "" : " (" + section.rows().size() + ")");
    xml.writeEndElement();
    content(section);
    xml.writeEndElement();
  }

  private void content(ReportSection section) throws XMLStreamException {
    if (!section.rows().isEmpty()) {
      table(section);
    }
    for (String line : section.lines()) {
      element("p", line);
    }
  }

  private void table(ReportSection section) throws XMLStreamException {
    open("div", "class", "wide");
    xml.writeAttribute("tabindex", "0"); // One that scrolls must be reached by the keyboard.
    open("table");
    open("thead");
    open("tr");
    for (String header : section.headers()) {
      element("th", header);
    }
    xml.writeEndElement();
    xml.writeEndElement();
    open("tbody");
    for (List<String> cells : section.rows()) {
      row(section.headers(), cells);
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
  }

  /** Each cell knows its header, for screens on which a row is a block. */
  private void row(List<String> headers, List<String> cells) throws XMLStreamException {
    open("tr");
    for (int i = 0; i < cells.size(); i++) {
      open("td", "data-label", headers.get(i));
      if (cells.get(i).length() <= SHORT) {
        xml.writeAttribute("class", cells.get(i).equals("-") ? "none" : "short");
      }
      xml.writeCharacters(Printable.line(cells.get(i)));
      xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private void open(String tag, String... attribute) throws XMLStreamException {
    xml.writeStartElement(tag);
    if (attribute.length > 0) {
      xml.writeAttribute(attribute[0], attribute[1]);
    }
  }

  private void element(String tag, String text) throws XMLStreamException {
    open(tag);
    xml.writeCharacters(Printable.line(text));
    xml.writeEndElement();
  }
}
