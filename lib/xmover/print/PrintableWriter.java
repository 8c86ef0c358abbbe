package xmover.print;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xmover.table.Printable;

/**
 * The way out to a person: nothing that is printed here can move the cursor, hide or forge
 * anything, whoever it comes from. {@code println} prints one line, whatever the text holds.
 */
public final class PrintableWriter extends PrintWriter {
  /** The colours that we and picocli's help paint with. */
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[(?:[0-4]|2[1-4]|3[0-79])m");

  private final boolean colored;

  /**
   * @param colored whether colours pass, as on a terminal that shows them
   */
  public PrintableWriter(Writer out, boolean colored) {
    super(out, true);
    this.colored = colored;
  }

  @Override
  public void write(String text, int from, int length) {
    String clean = clean(text.substring(from, from + length));
    super.write(clean, 0, clean.length());
  }

  @Override
  public void write(char[] text, int from, int length) {
    write(new String(text, from, length));
  }

  @Override
  public void write(int character) {
    write(String.valueOf((char) character));
  }

  @Override
  public void println(String text) {
    super.println(oneLine(text));
  }

  @Override
  public void println(Object text) {
    super.println(oneLine(String.valueOf(text)));
  }

  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }

  private String clean(String text) {
    if (!colored) {
      return Printable.lines(text);
    }
    var clean = new StringBuilder();
    Matcher ours = COLOURS.matcher(text);
    int at = 0;
    while (ours.find()) {
      clean.append(Printable.lines(text.substring(at, ours.start()))).append(ours.group());
      at = ours.end();
    }
    return clean.append(Printable.lines(text.substring(at))).toString();
  }
}
