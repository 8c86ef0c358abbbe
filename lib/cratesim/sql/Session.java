package cratesim.sql;

import cratesim.model.SqlError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, when, with which parameters, and which relations there are.
 *
 * @param nowMillis the time of the statement, milliseconds since 1970
 * @param parameters null while a statement is only described
 */
public record Session(
    String user,
    String version,
    long nowMillis,
    Catalog catalog,
    @Nullable List<Object> parameters,
    ParameterTypes parameterTypes) {

  /** Finds relations, or says as CrateDB does that there is none. */
  public interface Catalog {
    /** The relation a user means; without a schema, one on the search path. */
    SqlRelation relation(@Nullable String schema, String name) throws SqlError;

    /** Whether the user may CREATE in a schema, or has USAGE of it. */
    boolean hasSchemaPrivilege(String schema, String privilege);
  }

  @Nullable Object parameter(int index) throws SqlError {
    if (parameters == null) {
      return null;
    }
    if (index < 0 || index >= parameters.size()) {
      throw Errors.invalid(
          "Tried to resolve a parameter but the arguments provided with the SQLRequest don't"
              + " contain a parameter at position "
              + index);
    }
    return parameters.get(index);
  }
}
