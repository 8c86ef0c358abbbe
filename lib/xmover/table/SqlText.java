package xmover.table;

import org.jspecify.annotations.Nullable;

/** Identifiers and values as CrateDB reads them in a statement: the one place that quotes. */
public final class SqlText {
  private SqlText() {}

  /** {@code bottle"Field} becomes {@code "bottle""Field"}. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** {@code it's} becomes {@code 'it''s'}. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /**
   * A value as JSON gave it (text, number, boolean or null) as a literal that can be printed and
   * typed. Text keeps backslashes as they are: CrateDB reads escapes only in {@code E'…'}, which
   * spells out what could not be typed.
   */
  public static String literal(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : printable(value.toString());
  }

  private static String printable(String value) {
    // A backslash goes by its number: CrateDB takes E'\\' for a quote that is not closed.
    return Printable.isLine(value)
        ? text(value)
        : "E" + Printable.line(text(value.replace("\\", Printable.spelledOut('\\'))));
  }
}
