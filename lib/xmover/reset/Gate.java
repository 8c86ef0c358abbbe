package xmover.reset;

import io.vertx.core.Future;
import java.util.List;
import xmover.table.Finding;

/** May this table start now, and why not: asked right before each table, not only at the start. */
@FunctionalInterface
public interface Gate {
  /** Lets every table pass. */
  Gate OPEN = (table, remedy) -> Future.succeededFuture(List.of());

  /**
   * One verdict per gate that has to do with the remedy; the table starts when none is shut. One
   * that can't see is unread, which shuts it too.
   */
  Future<List<GateVerdict>> ask(Finding table, Remedy remedy);
}
