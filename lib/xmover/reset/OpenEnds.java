package xmover.reset;

import java.time.Instant;
import java.util.Optional;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * What keeps a reset in the journal although it ended: a later run has to look again.
 *
 * @param lateZero whether an ALTER to 0 whose answer was lost may still be applied, even after the
 *     restore
 * @param unread whether nobody has read at the end that the setting is what it was
 * @param interim the setting that CrateDB accepted where it refused the original one
 * @param missingSince when the table was first seen nowhere; empty while it is somewhere
 * @param stray another table that an ALTER to 0 has met, as it had the name at that moment
 */
public record OpenEnds(
    boolean lateZero,
    boolean unread,
    Optional<ReplicaSetting> interim,
    Optional<Instant> missingSince,
    Optional<TableRef> stray) {
  static final OpenEnds NONE =
      new OpenEnds(false, false, Optional.empty(), Optional.empty(), Optional.empty());

  OpenEnds lateZero(boolean possible) {
    return new OpenEnds(lateZero || possible, unread, interim, missingSince, stray);
  }

  OpenEnds notRead() {
    return new OpenEnds(lateZero, true, interim, missingSince, stray);
  }

  OpenEnds left(Optional<ReplicaSetting> accepted, Optional<Instant> missing) {
    return new OpenEnds(lateZero, unread, accepted, missing, stray);
  }

  OpenEnds stray(TableRef met) {
    return new OpenEnds(lateZero, unread, interim, missingSince, Optional.of(met));
  }

  /** Whether a later run has to look, however well the reset ended. */
  boolean isOpen() {
    return lateZero || unread || stray.isPresent();
  }
}
