package cratesim.statements;

import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import cratesim.sql.Errors;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may see and change what. What a user may not see is unknown to him. */
public final class UserPrivileges {
  private final Map<String, Scenario.UserSpec> users;
  private final Map<String, Scenario.UserSpec> original;

  public UserPrivileges(Map<String, Scenario.UserSpec> users) {
    this.users = users;
    this.original = Map.copyOf(users);
  }

  public Map<String, Scenario.UserSpec> users() {
    return users;
  }

  /** Takes a privilege from a user, who is no superuser then; {@code NONE} gives all back. */
  public void revoke(String user, String type) {
    Scenario.UserSpec spec = original.get(user);
    if (spec == null) {
      return;
    }
    List<Scenario.Grant> held =
        spec.superuser()
            ? Stream.of("DQL", "DML", "DDL", "AL")
                .map(each -> new Scenario.Grant(each, "CLUSTER", ""))
                .toList()
            : spec.privileges();
    List<Scenario.Grant> left =
        type.equals("ALL")
            ? List.of()
            : held.stream().filter(grant -> !grant.type().equals(type)).toList();
    users.put(
        user,
        type.equals("NONE")
            ? spec
            : new Scenario.UserSpec(spec.name(), spec.password(), false, left));
  }

  boolean isSuperuser(String user) {
    Scenario.UserSpec spec = users.get(user);
    return spec != null && spec.superuser();
  }

  /** Any privilege on a table, or on what holds it, shows the table. */
  public boolean sees(String user, String schema, String table) {
    return isSuperuser(user)
        || granted(user).stream().anyMatch(grant -> grant.covers(schema, table));
  }

  private boolean seesSchema(String user, String schema) {
    return granted(user).stream()
        .anyMatch(grant -> grant.covers(schema, "") || grant.ident().startsWith(schema + "."));
  }

  private boolean has(String user, String type, String schema, String table) {
    return isSuperuser(user)
        || granted(user).stream()
            .anyMatch(grant -> grant.type().equals(type) && grant.covers(schema, table));
  }

  /** DDL on a whole schema. */
  public boolean mayDefine(String user, String schema) {
    return has(user, "DDL", schema, "");
  }

  /** DQL on a whole schema; AL is not enough. */
  public boolean mayUse(String user, String schema) {
    return has(user, "DQL", schema, "");
  }

  private List<Scenario.Grant> granted(String user) {
    Scenario.UserSpec spec = users.get(user);
    return spec == null ? List.of() : spec.privileges();
  }

  public void requireRead(String user, String schema, String table) throws SqlError {
    require(user, "DQL", schema, table);
  }

  void requireChange(String user, String schema, String table) throws SqlError {
    require(user, "DML", schema, table);
  }

  void requireDefinition(String user, String schema, String table) throws SqlError {
    require(user, "DDL", schema, table);
  }

  /** AL on the cluster. */
  public boolean mayAdminister(String user) {
    return has(user, "AL", "", "");
  }

  /** Changing the cluster's settings needs AL. */
  public void requireAdministration(String user) throws SqlError {
    if (!mayAdminister(user)) {
      throw Errors.missingPrivilege("AL", user);
    }
  }

  private void require(String user, String type, String schema, String table) throws SqlError {
    if (has(user, type, schema, table)) {
      return;
    }
    if (sees(user, schema, table)) {
      throw Errors.missingPrivilege(type, user);
    }
    throw seesSchema(user, schema)
        ? Errors.unknownRelation(schema + "." + table)
        : Errors.unknownSchema(schema);
  }
}
