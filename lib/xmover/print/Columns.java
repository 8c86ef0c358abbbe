package xmover.print;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.WCWidth;

/**
 * Text by the columns it takes on a terminal: one of East Asia or an emoji takes two, a mark that
 * combines with the letter before it none.
 */
final class Columns {
  private Columns() {}

  /** How many columns a text takes. */
  static int of(String text) {
    return new AttributedString(text).columnLength();
  }

  /** The text and blanks up to a width, at its end or, for amounts, before it. */
  static String padded(String text, int width, boolean right) {
    String blanks = " ".repeat(Math.max(0, width - of(text)));
    return right ? blanks + text : text + blanks;
  }

  /** Lines of at most that many columns: broken at blanks where there are any, else anywhere. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (of(rest) > width) {
      int end = fitting(rest, width);
      int blank = rest.lastIndexOf(' ', end);
      String line = rest.substring(0, blank > 0 ? blank : end);
      lines.add(line);
      rest = rest.substring(line.length()).stripLeading();
    }
    if (lines.isEmpty() || !rest.isEmpty()) {
      lines.add(rest);
    }
    return lines;
  }

  /** How much of the beginning fits; a letter stays with its marks, and at least one is taken. */
  private static int fitting(String text, int width) {
    int end = 0;
    int taken = 0;
    while (end < text.length()) {
      int letter = text.codePointAt(end);
      taken += Math.max(0, WCWidth.wcwidth(letter));
      if (taken > width && end > 0) {
        return end;
      }
      end += Character.charCount(letter);
    }
    return end;
  }
}
