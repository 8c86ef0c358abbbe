package cratesim;

import cratesim.faults.Fault;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import cratesim.statements.Subjects;
import java.util.List;
import java.util.Optional;

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

  /**
   * Lets something happen now, as in a scenario. Words in braces stand for what a statement is
   * about, see {@link Subjects}.
   *
   * @param user who sent the statement
   * @return what mends it; empty when there is nothing here that it could happen to
   */
  default Optional<Runnable> happen(Fault.Incident incident, String user, String statement) {
    return Optional.empty();
  }

  /** Another cluster that looks alike; each call makes a new one, where there can be one. */
  default Optional<SqlEndpoint> stranger() {
    return Optional.empty();
  }
}
