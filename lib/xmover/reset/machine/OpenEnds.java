package xmover.reset.machine;

import java.time.Instant;
import java.util.Optional;
import xmover.table.IndexUuid;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * What keeps a reset in the journal although it ended: a later run has to look again.
 *
 * @param late whether an ALTER of which nobody has seen an effect, to 0 or to the interim setting,
 *     may still be applied, even after the restore
 * @param unread whether nobody has read at the end that the setting is what it was; the journal
 *     does not keep it
 * @param interim the setting that CrateDB accepted where it refused the original one
 * @param missingSince when the table was first seen nowhere; empty while it is somewhere
 * @param stray another table that an ALTER to 0 has met
 */
public record OpenEnds(
    boolean late,
    boolean unread,
    Optional<ReplicaSetting> interim,
    Optional<Instant> missingSince,
    Optional<Stray> stray) {
  public static final OpenEnds NONE =
      new OpenEnds(false, false, Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Another table that had the name of ours at the moment of the ALTER, and shows 0.
   *
   * @param named what it is called
   * @param uuid which one it is; empty where that, or whether it is at 0, could not be read
   */
  public record Stray(TableRef named, Optional<IndexUuid> uuid) {}

  /**
   * As the journal keeps them.
   *
   * @param begunAs the name that both tables had
   * @param stray which one the other is, as {@link #strayText} has it
   */
  public static OpenEnds of(
      boolean late,
      Optional<ReplicaSetting> interim,
      Optional<Instant> missingSince,
      TableRef begunAs,
      Optional<String> stray) {
    return new OpenEnds(
        late,
        false,
        interim,
        missingSince,
        stray.map(text -> new Stray(begunAs, IndexUuid.in(text))));
  }

  /** Which other table was met, as the journal keeps it; nobody knows which one "?" is. */
  public Optional<String> strayText() {
    return stray.map(met -> met.uuid().map(IndexUuid::text).orElse("?"));
  }

  /** Which other table was met. */
  public Optional<IndexUuid> strayUuid() {
    return stray.flatMap(Stray::uuid);
  }

  OpenEnds late(boolean possible) {
    return new OpenEnds(late || possible, unread, interim, missingSince, stray);
  }

  public OpenEnds notRead() {
    return new OpenEnds(late, true, interim, missingSince, stray);
  }

  public OpenEnds left(Optional<ReplicaSetting> accepted, Optional<Instant> missing) {
    return new OpenEnds(late, unread, accepted, missing, stray);
  }

  OpenEnds stray(Optional<Stray> met) {
    return new OpenEnds(late, unread, interim, missingSince, met);
  }

  /** Of a reset that was looked at again: what has not been applied by then is not waited for. */
  OpenEnds lookedAtAgain() {
    return new OpenEnds(false, false, interim, missingSince, stray);
  }

  /** Whether a later run has to look, however well the reset ended. */
  boolean isOpen() {
    return late || unread || stray.isPresent();
  }
}
