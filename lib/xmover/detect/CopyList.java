package xmover.detect;

import java.util.List;
import xmover.table.GivenUp;

/**
 * Every shard copy of some tables.
 *
 * @param givenUp those of them without a node that CrateDB does not try to build any more
 */
public record CopyList(List<CopyState> copies, List<GivenUp> givenUp) {
  public CopyList {
    copies = List.copyOf(copies);
    givenUp = List.copyOf(givenUp);
  }
}
