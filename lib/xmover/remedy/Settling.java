package xmover.remedy;

import java.util.List;
import xmover.detect.CopyState;
import xmover.remedy.CopyWait.Arrival;
import xmover.table.Checkpoints;

/**
 * Copies that are there may be behind themselves for a moment, and not for ever: one that is
 * written to goes on, one that misses an operation waits for the same one.
 */
final class Settling {
  private static final int BELIEVED = 5;
  private List<Long> waitedFor = List.of();
  private int looks;

  /**
   * What a further look says.
   *
   * @param behind those that are not seen to be complete; what does not say is looked at again
   */
  Arrival judge(List<CopyState> behind) {
    if (behind.isEmpty()) {
      return Arrival.THERE;
    }
    List<Long> now =
        behind.stream()
            .flatMap(copy -> copy.checkpoints().stream())
            .map(Checkpoints::local)
            .toList();
    boolean known = now.size() == behind.size();
    looks = known && now.equals(waitedFor) ? looks + 1 : known ? 1 : 0;
    waitedFor = now;
    if (!known) {
      return Arrival.unseen("a copy does not say whether it misses an operation");
    }
    return looks < BELIEVED
        ? Arrival.NOT_YET
        : Arrival.never("it was built anew and still misses an operation");
  }
}
