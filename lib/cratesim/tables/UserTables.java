package cratesim.tables;

import cratesim.scenario.Scenario;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.List;
import java.util.Map;

/** {@code sys.users}, {@code sys.roles} and {@code sys.privileges}. */
final class UserTables {
  private record Privilege(String grantee, Scenario.Grant grant) {}

  /** There are no roles: their table has columns and no rows. */
  private record Nothing() {}

  private UserTables() {}

  static SqlRelation users(SystemCatalog.View view) {
    var attributes =
        new Attributes<Scenario.UserSpec>()
            .text("name", Scenario.UserSpec::name)
            .bool("superuser", Scenario.UserSpec::superuser)
            .text("password", user -> user.password() == null ? null : "********")
            .open("jwt", user -> null)
            .<Nothing>objects("granted_roles", user -> List.of(), UserTables::grantedRole)
            .open("session_settings", user -> Map.of());
    return new SqlRelation(attributes.list(), () -> view.access().users().values());
  }

  static SqlRelation roles(SystemCatalog.View view) {
    var attributes =
        new Attributes<Nothing>()
            .text("name", role -> null)
            .<Nothing>objects("granted_roles", role -> List.of(), UserTables::grantedRole);
    return new SqlRelation(attributes.list(), List::of);
  }

  private static void grantedRole(Attributes<Nothing> role) {
    role.text("role", r -> null).text("grantor", r -> null);
  }

  static SqlRelation privileges(SystemCatalog.View view) {
    var attributes =
        new Attributes<Privilege>()
            .text("grantee", Privilege::grantee)
            .text("grantor", privilege -> "crate")
            .text("state", privilege -> "GRANT")
            .text("type", privilege -> privilege.grant().type())
            .text("class", privilege -> privilege.grant().on())
            .text("ident", UserTables::ident);
    return new SqlRelation(
        attributes.list(),
        () ->
            view.access().users().values().stream()
                .flatMap(u -> u.privileges().stream().map(g -> new Privilege(u.name(), g)))
                .toList());
  }

  private static @org.jspecify.annotations.Nullable String ident(Privilege privilege) {
    String ident = privilege.grant().ident();
    return ident.isEmpty() ? null : ident;
  }
}
