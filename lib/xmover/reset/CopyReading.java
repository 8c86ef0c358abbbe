package xmover.reset;

import java.util.Optional;
import xmover.detect.CopyState;
import xmover.table.Bytes;

/**
 * One copy of a shard as a look saw it.
 *
 * @param node empty while it is unassigned
 * @param uncommitted its translog; empty while it reports none
 */
public record CopyReading(
    long shard, boolean primary, String state, Optional<String> node, Optional<Bytes> uncommitted) {
  /** The same of what a watcher sees. */
  public static CopyReading of(CopyState copy) {
    return new CopyReading(
        copy.id(), copy.primary(), copy.state(), copy.node(), copy.uncommitted());
  }
}
