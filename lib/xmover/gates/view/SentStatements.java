package xmover.gates.view;

import java.util.HashSet;
import java.util.Set;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.table.TableRef;

/**
 * What this run sent: another partition of a table may be changed by ourselves. A lost answer makes
 * no difference to that.
 */
public final class SentStatements implements RunListener {
  private final Set<String> texts = new HashSet<>();
  private final Set<TableRef> tables = new HashSet<>();
  private boolean held;

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Sending sending) {
      sent(sending.statement());
    }
  }

  private void sent(Statement statement) {
    texts.add(statement.text());
    statement.table().ifPresentOrElse(tables::add, () -> held = holdsRebalancing(statement));
  }

  /** True when something that changes this very table or partition was sent. */
  boolean changed(TableRef table) {
    return tables.contains(table);
  }

  /**
   * True when a table was changed while CrateDB rebalances: what it moves since then it may move
   * because of that.
   */
  public boolean movesShards() {
    return !tables.isEmpty() && !held;
  }

  private static boolean holdsRebalancing(Statement statement) {
    return statement.text().equals(Sql.setRebalance("none").text());
  }

  boolean contains(String text) {
    return texts.contains(text);
  }
}
