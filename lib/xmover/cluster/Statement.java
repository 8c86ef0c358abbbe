package xmover.cluster;

import java.util.List;

/**
 * One SQL statement with its parameters ({@code $1}, {@code $2}, …): text, numbers, booleans,
 * lists.
 */
public record Statement(Kind kind, String text, List<Object> parameters) {
  /** Reads and writes differ in their timeout, and a dry run lets only reads pass. */
  public enum Kind {
    /** Changes nothing. */
    READ,
    /** Changes a table or a setting; carries no parameters, CrateDB's DDL takes none. */
    WRITE
  }

  public Statement {
    parameters = List.copyOf(parameters);
    if (kind == Kind.WRITE && !parameters.isEmpty()) {
      throw new IllegalArgumentException("DDL takes no parameters: " + text);
    }
  }

  /** A statement that changes nothing. */
  public static Statement read(String text, Object... parameters) {
    return new Statement(Kind.READ, text, List.of(parameters));
  }

  /** A statement that changes something. */
  public static Statement write(String text) {
    return new Statement(Kind.WRITE, text, List.of());
  }
}
