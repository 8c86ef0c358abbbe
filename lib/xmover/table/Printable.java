package xmover.table;

import java.util.HexFormat;
import java.util.function.IntPredicate;

/**
 * Text of others as a person may see it: a character that would move the cursor, end a line, turn
 * the reading direction or not be seen at all is spelled out, as in {@code \n} or {@code \u001b}.
 * JSON, Java and CrateDB's {@code E'…'} read the same spelling.
 */
public final class Printable {
  private static final HexFormat HEX = HexFormat.of();

  private Printable() {}

  /** The text as a part of one line. */
  public static String line(String text) {
    return spelled(text, at -> false);
  }

  /** The text as lines: breaks between them and tabs stay, a lone carriage return does not. */
  public static String lines(String text) {
    return spelled(
        text,
        at ->
            switch (text.charAt(at)) {
              case '\n', '\t' -> true;
              case '\r' -> at + 1 < text.length() && text.charAt(at + 1) == '\n';
              default -> false;
            });
  }

  /** True when nothing in it has to be spelled out. */
  public static boolean isLine(String text) {
    return line(text).equals(text);
  }

  private static String spelled(String text, IntPredicate stays) {
    var spelled = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (isSeen(character) || stays.test(at)) {
        spelled.appendCodePoint(character);
      } else {
        for (char half : Character.toChars(character)) {
          spelled.append(spelled(half));
        }
      }
      at += Character.charCount(character);
    }
    return spelled.toString();
  }

  private static String spelled(char hidden) {
    return switch (hidden) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> spelledOut(hidden);
    };
  }

  /** Any character by its number. */
  static String spelledOut(char character) {
    return "\\u" + HEX.toHexDigits(character);
  }

  private static boolean isSeen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
