package xmover.reset.machine;

import java.util.Optional;

/**
 * All there is outside of a process.
 *
 * @param zeroInFlight whether an ALTER to 0 that nobody has seen may be applied later
 * @param looked whether a process has looked since, and ended
 * @param stray whether another table is at 0 because an ALTER met it
 * @param moved whether the table has another name than at the beginning
 */
record ModelWorld(
    Setting setting,
    boolean zeroInFlight,
    boolean interimInFlight,
    boolean looked,
    boolean stray,
    boolean moved,
    Optional<JournalEntry> journal,
    int runs,
    int interferences) {
  /** What number_of_replicas is. */
  enum Setting {
    ORIGINAL,
    ZERO,
    INTERIM,
    OTHER,
    GONE
  }

  ModelWorld at(Setting now) {
    return setting == Setting.GONE
        ? this
        : new ModelWorld(
            now, zeroInFlight, interimInFlight, looked, stray, moved, journal, runs, interferences);
  }

  ModelWorld inFlight(boolean zero, boolean interim) {
    return new ModelWorld(
        setting, zero, interim, false, stray, moved, journal, runs, interferences);
  }

  /** What was under way has come. */
  ModelWorld landed(Setting as, boolean zero, boolean interim) {
    ModelWorld now = at(as).inFlight(zero, interim);
    return looked ? now.lookedAt() : now;
  }

  ModelWorld lookedAt() {
    boolean inFlight = zeroInFlight || interimInFlight;
    return new ModelWorld(
        setting,
        zeroInFlight,
        interimInFlight,
        inFlight,
        stray,
        moved,
        journal,
        runs,
        interferences);
  }

  ModelWorld stray(boolean atZero) {
    return new ModelWorld(
        setting,
        zeroInFlight,
        interimInFlight,
        looked,
        atZero,
        moved || atZero,
        journal,
        runs,
        interferences);
  }

  ModelWorld written(JournalEntry entry) {
    return new ModelWorld(
        setting,
        zeroInFlight,
        interimInFlight,
        looked,
        stray,
        moved,
        Optional.of(entry),
        runs,
        interferences);
  }

  ModelWorld counting(int begun, int interfered) {
    return new ModelWorld(
        setting, zeroInFlight, interimInFlight, looked, stray, moved, journal, begun, interfered);
  }

  boolean isOpen() {
    return journal.filter(entry -> !entry.isSettled()).isPresent();
  }
}
