package cratesim.sql;

import java.util.Locale;

/** One word, number, text or sign of a statement, and its line and column, both from 1. */
record SqlToken(Kind kind, String text, int line, int column) {
  enum Kind {
    /** An unquoted word: a keyword or a name in any case. */
    WORD,
    /** A name in double quotes. */
    NAME,
    /** A literal in single quotes. */
    TEXT,
    NUMBER,
    /** {@code $1}, or {@code ?} without a number. */
    PARAMETER,
    SIGN,
    END
  }

  /** True for this keyword, in any case, or this sign. */
  boolean is(String expected) {
    return kind == Kind.WORD ? text.equalsIgnoreCase(expected) : isSign(expected);
  }

  private boolean isSign(String expected) {
    return kind == Kind.SIGN && text.equals(expected);
  }

  /** The name this token stands for: unquoted ones are lower case. */
  String name() {
    return kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : text;
  }
}
