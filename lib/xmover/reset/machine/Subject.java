package xmover.reset.machine;

import java.util.Optional;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/**
 * The table or partition of a reset.
 *
 * @param table what this run calls it; no other table of the run is called so
 * @param begunAs what it was called when its reset began; the journal remembers it so
 * @param named what it was called when it was last seen: statements go by this name
 * @param identity which one it is, whatever its name; empty until it was read, and for a reset that
 *     an older version began
 */
public record Subject(
    TableRef table, TableRef begunAs, TableRef named, Optional<TableIdentity> identity) {
  /** One that nobody has looked at. */
  public static Subject of(TableRef table) {
    return new Subject(table, table, table, Optional.empty());
  }

  public Subject known(Optional<TableIdentity> who) {
    return new Subject(table, begunAs, named, who);
  }

  public Subject seenAs(TableRef name) {
    return new Subject(table, begunAs, name, identity);
  }
}
