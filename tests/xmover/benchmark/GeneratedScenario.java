package xmover.benchmark;

import cratesim.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cluster of problematic tables {@code doc.t00001} and so on, all alike.
 *
 * @param seed decides when each shard ticks
 * @param tick seconds between two lease syncs of a shard
 */
public record GeneratedScenario(int seed, int tables, int shards, double tick) {
  private static final String FILE =
      """
      {"version": "6.3.7", "seed": %d, "lease_sync": %s, "recovery": 1,
       "nodes": ["data-1", "data-2", "data-3"],
       "settings": {"cluster.max_shards_per_node": 100000},
       "generated": {"tables": %d, "problematic_share": 1, "like": {
         "name": "doc.t", "shards": %d, "replicas": "1", "size": "1gb", "documents": 1000000,
         "translog": "10mb", "stuck_translog": "2gb"}}}
      """;

  /** The scenario, read as an operator's own one would be. */
  public Scenario load() {
    try {
      Path file = Files.createTempFile("scenario", ".json");
      try {
        Files.writeString(file, FILE.formatted(seed, tick, tables, shards));
        return Scenario.load(file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
