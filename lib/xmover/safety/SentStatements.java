package xmover.safety;

import java.util.HashSet;
import java.util.Set;
import xmover.cluster.Statement;
import xmover.reset.ResetListener;
import xmover.table.TableRef;

/**
 * What this run sent: another partition of a table may be changed by ourselves. A lost answer makes
 * no difference to that.
 */
public final class SentStatements implements ResetListener {
  private final Set<String> texts = new HashSet<>();
  private final Set<TableRef> tables = new HashSet<>();

  @Override
  public void sending(Statement statement) {
    texts.add(statement.text());
    statement.table().ifPresent(tables::add);
  }

  /** True when something that changes this very table or partition was sent. */
  boolean changed(TableRef table) {
    return tables.contains(table);
  }

  /** True when anything was sent: what CrateDB moves since then it may move because of it. */
  boolean any() {
    return !texts.isEmpty();
  }

  boolean contains(String text) {
    return texts.contains(text);
  }
}
