package xmover.reset.engine;

import io.vertx.core.Future;
import java.util.Optional;
import xmover.environment.Timers;
import xmover.reset.Journal;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.OpenEnds.Stray;
import xmover.reset.machine.Subject;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;

/**
 * Looks whether an ALTER to 0 has met another table. It goes by name, and a RENAME or a SWAP may
 * come between the look before and the ALTER: then who has that name now is at 0 by it.
 */
final class StrayCheck {
  private final ReplicaCatalogue catalogue;
  private final Journal journal;
  private final Timers timers;

  StrayCheck(ReplicaCatalogue catalogue, ResetContext context) {
    this.catalogue = catalogue;
    this.journal = context.journal();
    this.timers = context.timers();
  }

  /**
   * Who was met, as far as anybody can see; never fails.
   *
   * @param subject the table that was meant, by the name that it was seen under
   * @param met who is known to have been met
   */
  Future<Optional<Stray>> look(Subject subject, Optional<Stray> met) {
    Optional<TableIdentity> known =
        met.flatMap(Stray::uuid)
            .flatMap(
                uuid -> subject.identity().map(ours -> new TableIdentity(ours.clusterId(), uuid)));
    if (known.isPresent()) {
      return catalogue
          .look(Subject.of(met.orElseThrow().named()).known(known))
          .map(sighting -> still(met.orElseThrow(), sighting));
    }
    // ALTERs to 0 leave under no other name.
    return subject.named().isCalled(subject.begunAs())
        ? Future.succeededFuture(Optional.empty())
        : catalogue
            .identify(subject.begunAs())
            .map(sighting -> bearer(subject, sighting))
            .compose(this::unlessBegun);
  }

  /** What a look has shown, for who follows the run. */
  static String message(Optional<Stray> met) {
    return met.map(
            stray ->
                stray.uuid().isPresent()
                    ? stray.named() + " was set to 0 replicas in its place: it had its name then"
                    : "whether %s, as it was called, was set to 0 replicas in its place can't be read"
                        .formatted(stray.named()))
        .orElse("the other table that was set to 0 replicas in its place has replicas again");
  }

  /** What can't be seen is where it was. */
  private static Optional<Stray> still(Stray met, TableLookup sighting) {
    if (sighting instanceof TableLookup.Found found) {
      return found.shows(ReplicaSetting.ZERO)
          ? Optional.of(new Stray(found.name(), met.uuid()))
          : Optional.empty();
    }
    return Optional.of(met);
  }

  /** One whose own reset is under way has an entry of its own, which knows what it had. */
  private Future<Optional<Stray>> unlessBegun(Optional<Stray> stray) {
    return stray.flatMap(Stray::uuid).isEmpty()
        ? Future.succeededFuture(stray)
        : timers
            .within(ReplicaCatalogue.PATIENCE, journal.unfinished())
            .map(entries -> stray.filter(met -> entries.stream().noneMatch(e -> isAbout(e, met))))
            .otherwise(stray);
  }

  private static boolean isAbout(JournalEntry entry, Stray stray) {
    return entry.identity().map(TableIdentity::uuid).equals(stray.uuid());
  }

  private static Optional<Stray> bearer(Subject subject, TableLookup sighting) {
    if (sighting instanceof TableLookup.Missing) {
      return Optional.empty();
    }
    if (sighting instanceof TableLookup.Found found) {
      boolean isOurs = found.identity().isPresent() && found.identity().equals(subject.identity());
      return isOurs || !found.shows(ReplicaSetting.ZERO)
          ? Optional.empty()
          : Optional.of(new Stray(found.name(), found.identity().map(TableIdentity::uuid)));
    }
    return Optional.of(new Stray(subject.begunAs(), Optional.empty()));
  }
}
