package xmover.monitor;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import xmover.table.Bytes;
import xmover.table.IndexUuid;
import xmover.table.TableRef;

/**
 * Adds to each look at a cluster how fast its tables grew of late: within the last hour, or since
 * they were first seen. A table that is no longer shown is forgotten, and so is one whose index is
 * another one. For one thread.
 */
public final class GrowthTracker {
  private final Map<TableRef, Track> tables = new HashMap<>();
  private final Map<String, Readings> free = new HashMap<>();

  /** The translog of a table. */
  private record Track(Readings readings, Optional<IndexUuid> uuid) {
    /**
     * Less than before means that it was committed: from there it grows anew. An index that does
     * not tell which one it is, is taken for the one that had its name.
     */
    boolean goesOn(long bytes, Optional<IndexUuid> index) {
      return bytes >= readings.bytes() && (uuid.isEmpty() || index.isEmpty() || uuid.equals(index));
    }
  }

  /** The same look, each table with its growth; one that tells no translog has none. */
  public ClusterState saw(ClusterState sight) {
    free.keySet().retainAll(sight.rooms().stream().map(NodeRoom::node).collect(Collectors.toSet()));
    sight.rooms().forEach(room -> free(sight.at(), room.node(), room.free().value()));
    tables
        .keySet()
        .retainAll(sight.tables().stream().map(WatchedTable::table).collect(Collectors.toSet()));
    List<WatchedTable> grown =
        sight.tables().stream()
            .map(
                table ->
                    table
                        .worst()
                        .map(worst -> table.growing(growth(sight, table, worst)))
                        .orElse(table))
            .toList();
    return sight.with(grown);
  }

  private Growth growth(ClusterState sight, WatchedTable table, Bytes worst) {
    Instant now = sight.at();
    Readings readings = track(now, table, worst.value()).readings();
    Optional<Double> hourly = readings.hourly();
    return new Growth(
        readings.since(),
        hourly.map(speed -> new Bytes(Math.round(speed))),
        hourly.flatMap(
            speed ->
                table
                    .qualifiesAbove()
                    .flatMap(most -> Growth.at(now, speed, most.value() - worst.value()))),
        hourly.filter(speed -> speed > 0).flatMap(speed -> disk(sight, table.nodes(), speed)));
  }

  private Track track(Instant now, WatchedTable table, long bytes) {
    Track known = tables.get(table.table());
    Track track;
    if (known != null && known.goesOn(bytes, table.uuid())) {
      known.readings().add(now, bytes);
      track = new Track(known.readings(), table.uuid().or(known::uuid));
    } else {
      track = new Track(new Readings(now, bytes), table.uuid());
    }
    tables.put(table.table(), track);
    return track;
  }

  /**
   * Where more is free than at first, space was freed, and it is taken anew from there. A merge
   * frees a little all the time, which is no reason to forget how fast it went.
   */
  private void free(Instant now, String node, long bytes) {
    Readings known = free.get(node);
    if (known == null || bytes > known.firstBytes()) {
      free.put(node, new Readings(now, bytes));
    } else {
      known.add(now, bytes);
    }
  }

  /**
   * The first of them. A disk fills at least as fast as the table on it; others may fill it, too.
   */
  private Optional<Growth.DiskFull> disk(ClusterState sight, List<String> names, double speed) {
    return sight.rooms().stream()
        .filter(room -> names.contains(room.node()))
        .flatMap(
            room -> {
              double fills = Math.max(speed, taken(room));
              return Growth.at(sight.at(), fills, room.left().value())
                  .map(at -> new Growth.DiskFull(room.node(), room.watermark(), at))
                  .stream();
            })
        .min(Comparator.comparing(Growth.DiskFull::at));
  }

  /**
   * How fast space was taken; a merge takes some for a moment, so that few minutes tell nothing.
   */
  private double taken(NodeRoom room) {
    return Optional.ofNullable(free.get(room.node()))
        .filter(readings -> !readings.areNear())
        .flatMap(Readings::hourly)
        .map(hourly -> -hourly)
        .orElse(0.0);
  }
}
