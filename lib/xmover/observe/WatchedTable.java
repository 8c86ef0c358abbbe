package xmover.observe;

import java.util.List;
import java.util.Optional;
import xmover.detect.CopyState;
import xmover.table.Finding;
import xmover.table.TableState;

/**
 * A table or partition as one look showed it.
 *
 * @param finding why it is shown; empty where it was named
 * @param copies all its shard copies; none where it was not named
 */
public record WatchedTable(TableState state, Optional<Finding> finding, List<CopyState> copies) {
  public WatchedTable {
    copies = List.copyOf(copies);
  }

  static WatchedTable found(Finding finding) {
    return new WatchedTable(
        new TableState(finding.relation(), finding.totals(), Optional.empty()),
        Optional.of(finding),
        List.of());
  }

  static WatchedTable named(TableState state, List<CopyState> all) {
    var table = state.relation().table();
    return new WatchedTable(
        state, Optional.empty(), all.stream().filter(copy -> copy.table().equals(table)).toList());
  }
}
