package xmover.remedy;

import xmover.remedy.CopyWait.Arrival;

/** A copy that is there may be behind itself for a moment, and not for ever. */
final class Settling {
  private static final int BELIEVED = 5;
  private int looks;

  /**
   * What a further look says.
   *
   * @param gap whether an operation is missing in it
   */
  Arrival judge(boolean gap) {
    looks = gap ? looks + 1 : 0;
    return !gap
        ? Arrival.THERE
        : looks < BELIEVED
            ? Arrival.NOT_YET
            : Arrival.never("it was built anew and still misses an operation");
  }
}
