package xmover.remedy;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.detect.CopyState;
import xmover.detect.Detection;
import xmover.detect.Holes;
import xmover.environment.Timers;
import xmover.table.TableRef;

/**
 * Counts the tables that a flush or moves would heal, so that no copy is missing meanwhile. It
 * decides as those remedies do, and changes nothing.
 */
public final class HealableInPlace {
  private final Cluster cluster;
  private final Timers timers;
  private final MoveTargets targets;

  public HealableInPlace(Cluster cluster, Timers timers, MoveTargets targets) {
    this.cluster = cluster;
    this.timers = timers;
    this.targets = targets;
  }

  /** Looks at the copies of all of them at once; fails when they can't be read. */
  public Future<Long> count(List<TableRef> tables) {
    return tables.isEmpty()
        ? Future.succeededFuture(0L)
        : copies(tables).compose(first -> twoLooks(tables, first));
  }

  private Future<Map<TableRef, List<CopyState>>> copies(List<TableRef> tables) {
    return new Detection(cluster).copiesByTable(tables);
  }

  private Future<Long> twoLooks(List<TableRef> tables, Map<TableRef, List<CopyState>> first) {
    return timers
        .after(Holes.BETWEEN_LOOKS)
        .compose(later -> copies(tables))
        .compose(
            second -> {
              long flushable = 0;
              Map<TableRef, Holes> toMove = new LinkedHashMap<>();
              for (TableRef table : tables) {
                Holes holes =
                    Holes.of(
                        first.getOrDefault(table, List.of()),
                        second.getOrDefault(table, List.of()));
                if (isKnown(holes) && holes.sick().isEmpty()) {
                  flushable++;
                } else if (isKnown(holes)) {
                  toMove.put(table, holes);
                }
              }
              long others = flushable;
              return movable(toMove).map(movable -> movable + others);
            });
  }

  private static boolean isKnown(Holes holes) {
    return !holes.copies().isEmpty()
        && holes.copies().stream()
            .allMatch(copy -> copy.isAtRest() && copy.checkpoints().isPresent());
  }

  private Future<Long> movable(Map<TableRef, Holes> tables) {
    return tables.isEmpty()
        ? Future.succeededFuture(0L)
        : targets
            .places(tables.keySet())
            .map(
                places ->
                    tables.entrySet().stream()
                        .filter(
                            table ->
                                Optional.ofNullable(places.get(table.getKey()))
                                    .filter(seen -> isMovable(seen, table.getValue()))
                                    .isPresent())
                        .count());
  }

  /** One after the other: a copy may go where another one just left. */
  private static boolean isMovable(MoveTargets.Places places, Holes holes) {
    List<CopyState> now = holes.copies();
    for (CopyState copy : holes.sick()) {
      Optional<String> to =
          Holes.hasCompletePrimary(copy.id(), now)
              ? places.choose(now, copy.id(), copy.node().orElseThrow()).node()
              : Optional.empty();
      if (to.isEmpty()) {
        return false;
      }
      now = moved(copy, to.get(), now);
    }
    return true;
  }

  private static List<CopyState> moved(CopyState copy, String to, List<CopyState> copies) {
    return copies.stream().map(one -> Holes.isSame(one, copy) ? one.movedTo(to) : one).toList();
  }
}
