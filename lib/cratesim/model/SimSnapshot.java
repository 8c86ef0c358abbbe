package cratesim.model;

import cratesim.scenario.Scenario;
import java.util.List;
import java.util.stream.Stream;

/**
 * A snapshot of some tables.
 *
 * @param started milliseconds since 1970
 * @param finished milliseconds since 1970, {@link Seconds#NEVER} for one that never ends
 */
public record SimSnapshot(String id, Scenario.SnapshotSpec spec, long started, long finished) {
  public boolean isFinished(long now) {
    return now >= finished;
  }

  public String state(long now) {
    return isFinished(now) ? "SUCCESS" : "IN_PROGRESS";
  }

  /** The names of its indices: one for a table, one for each partition of a partitioned one. */
  public List<String> indices(ClusterModel cluster) {
    return spec.tables().stream().flatMap(table -> indices(table, cluster)).toList();
  }

  private static Stream<String> indices(String table, ClusterModel cluster) {
    int dot = table.indexOf('.');
    String schema = dot < 0 ? "doc" : table.substring(0, dot);
    String prefix = schema.equals("doc") ? "" : schema + ".";
    String name = table.substring(dot + 1);
    return cluster
        .tables()
        .filter(t -> t.schema().equals(schema) && t.name().equals(name) && t.isPartitioned())
        .findFirst()
        .map(
            partitioned ->
                partitioned.partitions().stream()
                    .map(p -> prefix + ".partitioned." + name + "." + p.ident()))
        .orElseGet(() -> Stream.of(prefix + name));
  }
}
