package cratesim;

import cratesim.model.ClusterModel;
import cratesim.model.SimShard;
import cratesim.model.SimTable;
import cratesim.model.Timeline;
import cratesim.scenario.Scenario;
import cratesim.scenario.ScenarioCluster;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * When the leases of a table can go: the latest of its shards' next ticks. A scenario always gives
 * its shards the same ticks, so this can be known beforehand.
 */
public final class LeaseMoments {
  private final Map<String, SimTable> tables = new HashMap<>();
  private final long intervalMillis;

  private LeaseMoments(ClusterModel cluster, long intervalMillis) {
    this.intervalMillis = intervalMillis;
    cluster.tables().forEach(table -> tables.put(table.fullName(), table));
  }

  /** Those of a scenario that says how often leases are synced. */
  public static LeaseMoments of(Scenario scenario) {
    Double seconds = scenario.leaseSync();
    if (seconds == null) {
      throw new IllegalArgumentException("a scenario without lease_sync");
    }
    long interval = Math.round(seconds * 1000);
    var timeline = new Timeline(InstantSource.system());
    return new LeaseMoments(ScenarioCluster.build(scenario, timeline, interval), interval);
  }

  /** When the leases are gone of a table {@code schema.name} that dropped its replicas then. */
  public Instant cleared(String table, Instant dropped) {
    long longest =
        tables.get(table).partitions().stream()
            .flatMap(partition -> partition.shards().stream())
            .mapToLong(shard -> untilTick(shard, dropped.toEpochMilli()))
            .max()
            .orElseThrow();
    return dropped.plusMillis(longest);
  }

  private long untilTick(SimShard shard, long now) {
    return intervalMillis - Math.floorMod(now - shard.syncPhase(), intervalMillis);
  }
}
