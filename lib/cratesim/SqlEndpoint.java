package cratesim;

import java.util.List;

/** Answers statements as a CrateDB node would: what the wire servers put on the wire. */
public interface SqlEndpoint {
  /** True when the user may connect with this password; empty text means none was given. */
  boolean authenticates(String user, String password);

  /** True when this user exists and has a password, so that a server must ask for it. */
  boolean needsPassword(String user);

  /** The columns a statement would return, empty for one that returns no rows. */
  List<SqlAnswer.Column> describe(String user, String statement) throws SqlError;

  /**
   * The types of {@code $1}, {@code $2}, … as the statement uses them, for the PostgreSQL wire.
   * What is missing counts as text, and as an array of text inside {@code ANY()}.
   */
  default List<SqlAnswer.ColumnType> parameterTypes(String statement) throws SqlError {
    return List.of();
  }

  /** Executes a statement; parameters are text, numbers, booleans, lists or null. */
  SqlAnswer execute(String user, String statement, List<Object> parameters) throws SqlError;
}
