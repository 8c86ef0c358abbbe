package cratesim.sql;

import cratesim.model.SqlError;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Rows with named attributes: a table, or the result of a query in a FROM clause.
 *
 * @param hidden the attributes that {@code SELECT *} leaves out
 */
public record SqlRelation(
    Collection<Attribute> attributes, Collection<Attribute> hidden, Rows rows) {

  public SqlRelation(Collection<Attribute> attributes, Rows rows) {
    this(attributes, List.of(), rows);
  }

  /** Computes the rows when they are needed. */
  public interface Rows {
    Iterable<?> get() throws SqlError;

    /**
     * At least the rows where these columns have these values. All rows will do, fewer are faster.
     */
    default Iterable<?> where(Map<String, Object> values) throws SqlError {
      return get();
    }
  }
}
