package xmover.cluster;

import java.util.List;
import java.util.Optional;
import xmover.table.TableRef;

/**
 * One SQL statement with its parameters ({@code $1}, {@code $2}, …): text, numbers, booleans,
 * lists.
 *
 * @param table the one table or partition it is about; empty for a statement about the cluster
 */
public record Statement(Kind kind, String text, List<Object> parameters, Optional<TableRef> table) {
  /** Reads and writes differ in their timeout, and a dry run lets only reads pass. */
  public enum Kind {
    /** Changes nothing. */
    READ,
    /** Changes rows, a table or a setting. CrateDB takes parameters only where rows change. */
    WRITE
  }

  public Statement {
    parameters = List.copyOf(parameters);
  }

  /** A statement that changes nothing. */
  public static Statement read(String text, Object... parameters) {
    return new Statement(Kind.READ, text, List.of(parameters), Optional.empty());
  }

  /** A statement that changes something. */
  public static Statement write(String text, Object... parameters) {
    return new Statement(Kind.WRITE, text, List.of(parameters), Optional.empty());
  }

  /**
   * True for an OPTIMIZE: whatever cluster it comes to, it leaves rows and settings as they are.
   */
  public boolean optimizes() {
    return text.startsWith("OPTIMIZE ");
  }

  /** The same statement, known to be about one table. */
  public Statement about(TableRef about) {
    return new Statement(kind, text, parameters, Optional.of(about));
  }
}
