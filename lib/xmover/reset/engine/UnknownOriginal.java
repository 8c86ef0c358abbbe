package xmover.reset.engine;

import xmover.table.TableRef;

/** A table is to be restored, and neither the journal nor the operator says to what. */
public final class UnknownOriginal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownOriginal(TableRef table) {
    super(
        "the journal does not know what the replicas of "
            + table
            + " were, and nothing was changed: give it with --to, for example --to 0-1");
  }
}
