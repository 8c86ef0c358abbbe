package xmover.monitor;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.table.Bytes;
import xmover.table.IndexUuid;
import xmover.table.TableRef;

/**
 * Adds to each look at a cluster how fast its tables grew since they were first seen. A table that
 * is no longer shown is forgotten, and so is one whose index is another one. For one thread.
 */
public final class GrowthTracker {
  private final Map<TableRef, Track> tables = new HashMap<>();
  private final Map<String, Free> nodes = new HashMap<>();

  /** How much was free on a node at first. */
  private record Free(Instant at, long bytes) {}

  /** The translog of a table at first and at the last look. */
  private record Track(Instant since, long first, long last, Optional<IndexUuid> uuid) {
    /**
     * Less than before means that it was committed: from there it grows anew. An index that does
     * not tell which one it is, is taken for the one that had its name.
     */
    boolean goesOn(long bytes, Optional<IndexUuid> index) {
      return bytes >= last && (uuid.isEmpty() || index.isEmpty() || uuid.equals(index));
    }
  }

  /** The same look, each table with its growth; one that tells no translog has none. */
  public ClusterState saw(ClusterState sight) {
    nodes.keySet().retainAll(sight.rooms().stream().map(NodeRoom::node).toList());
    sight
        .rooms()
        .forEach(room -> nodes.putIfAbsent(room.node(), new Free(sight.at(), room.free().value())));
    tables.keySet().retainAll(sight.tables().stream().map(WatchedTable::table).toList());
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
    Track track = track(now, table, worst.value());
    Optional<Double> hourly = Growth.hourly(track.since(), track.first(), now, track.last());
    return new Growth(
        track.since(),
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
    Track track =
        known != null && known.goesOn(bytes, table.uuid())
            ? new Track(known.since(), known.first(), bytes, table.uuid().or(known::uuid))
            : new Track(now, bytes, bytes, table.uuid());
    tables.put(table.table(), track);
    return track;
  }

  /**
   * The first of them. A disk fills at least as fast as the table on it; others may fill it, too.
   */
  private Optional<Growth.DiskFull> disk(ClusterState sight, List<String> names, double speed) {
    return sight.rooms().stream()
        .filter(room -> names.contains(room.node()))
        .flatMap(
            room -> {
              double fills = Math.max(speed, taken(sight.at(), room));
              return Growth.at(sight.at(), fills, room.left().value())
                  .map(at -> new Growth.DiskFull(room.node(), room.watermark(), at))
                  .stream();
            })
        .min(Comparator.comparing(Growth.DiskFull::at));
  }

  private double taken(Instant now, NodeRoom room) {
    Free first = nodes.get(room.node());
    return first == null
        ? 0
        : Growth.hourly(first.at(), room.free().value(), now, first.bytes()).orElse(0.0);
  }
}
