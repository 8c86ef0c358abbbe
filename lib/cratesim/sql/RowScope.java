package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of the relations of a FROM clause; a row has one slot for each relation. */
record RowScope(Session session, List<Named> relations) implements Scope {
  /** A relation under its alias, or under its schema and name. */
  public record Named(@Nullable String schema, String name, SqlRelation relation) {
    boolean is(List<String> qualifier) {
      int last = qualifier.size() - 1;
      return last < 0
          || (qualifier.get(last).equals(name)
              && (last == 0 || qualifier.get(last - 1).equals(schema)));
    }
  }

  @Override
  public Expr column(List<String> name, List<String> path) throws SqlError {
    List<String> qualifier = name.subList(0, name.size() - 1);
    Expr found = null;
    boolean known = false;
    for (int slot = 0; slot < relations.size(); slot++) {
      if (relations.get(slot).is(qualifier)) {
        known = true;
        Attribute attribute = find(relations.get(slot).relation(), name, path);
        if (attribute != null && found != null) {
          throw Errors.invalid("Column \"" + printed(name, path) + "\" is ambiguous");
        }
        found = attribute == null ? found : read(attribute, slot);
      }
    }
    if (!known && !qualifier.isEmpty()) {
      throw Errors.unknownRelation(String.join(".", qualifier));
    }
    if (found == null) {
      throw Errors.unknownColumn(printed(name, path));
    }
    return found;
  }

  private static @Nullable Attribute find(
      SqlRelation relation, List<String> name, List<String> path) {
    String wanted = name.get(name.size() - 1);
    Attribute found =
        Stream.concat(relation.attributes().stream(), relation.hidden().stream())
            .filter(attribute -> attribute.name().equals(wanted))
            .findFirst()
            .orElse(null);
    for (String key : path) {
      found = found == null ? null : found.child(key);
    }
    return found;
  }

  private static Expr read(Attribute attribute, int slot) {
    return new Expr(attribute.type(), row -> attribute.read(row[slot]));
  }

  /** As CrateDB prints a column: in quotes unless a plain lower-case name. */
  static String printed(List<String> name, List<String> path) {
    List<String> parts = new ArrayList<>();
    for (String part : name) {
      boolean plain = part.equals(part.toLowerCase(Locale.ROOT)) && part.matches("[a-z_]\\w*");
      parts.add(plain ? part : "\"" + part + "\"");
    }
    var keys = new StringBuilder(String.join(".", parts));
    path.forEach(key -> keys.append("['").append(key).append("']"));
    return keys.toString();
  }
}
