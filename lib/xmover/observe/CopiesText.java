package xmover.observe;

import java.util.List;
import xmover.detect.CopyState;

/** Shard copies for people: leases, translog and recovery of each. */
public final class CopiesText {
  private CopiesText() {}

  /** A table with a line break at its end. */
  public static String render(List<CopyState> copies, Terminal terminal) {
    return new TextTable<CopyState>()
        .text("Table", CopyState::table)
        .number("Shard", CopyState::id)
        .text("Copy", copy -> copy.primary() ? "primary" : "replica")
        .text("State", CopyState::state)
        .text("Node", copy -> copy.node().orElse("-"))
        .number("Uncommitted", copy -> copy.uncommitted().map(Object::toString).orElse("-"))
        .number("Leases", CopyState::leases)
        .text("Recovery", copy -> copy.recovery().orElse("-"))
        .render(copies, terminal, copy -> !copy.state().equals("STARTED"));
  }
}
