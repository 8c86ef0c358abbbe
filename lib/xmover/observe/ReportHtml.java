package xmover.observe;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import xmover.table.Printable;

/** A report as one HTML page without scripts, to be mailed or kept as it is. */
final class ReportHtml {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; }
      th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8886; }
      """;

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
    xml.writeStartElement("html");
    xml.writeAttribute("lang", "en");
    xml.writeStartElement("head");
    xml.writeEmptyElement("meta");
    xml.writeAttribute("charset", "utf-8");
    xml.writeEmptyElement("meta");
    xml.writeAttribute("name", "viewport");
    xml.writeAttribute("content", "width=device-width");
    element("title", ReportSections.title(record));
    xml.writeStartElement("style");
    xml.writeCharacters(STYLE);
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeStartElement("body");
    element("h1", ReportSections.title(record));
    for (ReportSection section : ReportSections.of(record)) {
      section(section);
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.close();
  }

  private void section(ReportSection section) throws XMLStreamException {
    element("h2", section.heading());
    for (String line : section.lines()) {
      element("p", line);
    }
    if (!section.rows().isEmpty()) {
      table(section);
    }
  }

  private void table(ReportSection section) throws XMLStreamException {
    xml.writeStartElement("div");
    xml.writeAttribute("class", "wide");
    xml.writeStartElement("table");
    xml.writeStartElement("thead");
    row("th", section.headers());
    xml.writeEndElement();
    xml.writeStartElement("tbody");
    for (var cells : section.rows()) {
      row("td", cells);
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void row(String tag, Iterable<String> cells) throws XMLStreamException {
    xml.writeStartElement("tr");
    for (String cell : cells) {
      element(tag, cell);
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private void element(String tag, String text) throws XMLStreamException {
    xml.writeStartElement(tag);
    xml.writeCharacters(Printable.line(text));
    xml.writeEndElement();
  }
}
