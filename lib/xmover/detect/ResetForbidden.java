package xmover.detect;

import xmover.table.TableRef;

/** A table named for a reset can't be reset; nothing was changed. */
public final class ResetForbidden extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ResetForbidden(TableRef table, String reason) {
    super(table + " can't be reset, and nothing was changed: " + reason);
  }
}
