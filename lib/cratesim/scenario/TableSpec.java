package cratesim.scenario;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import cratesim.model.ByteSize;
import cratesim.model.Incurable;
import cratesim.model.Seconds;
import cratesim.model.Stuck;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of a scenario.
 *
 * @param size of each primary shard
 * @param translog uncommitted bytes of every copy
 * @param stuckTranslog uncommitted bytes of the first replica of the first {@code stuckShards}
 *     shards, all when 0: copies with a hole that can't commit; of the primary where there is no
 *     replica; {@code 0} for none, as in a partition of a table that has some
 * @param stuck why they don't commit: {@code hole} (the default), {@code lagging} (with two
 *     replicas or more the last one has the hole) or {@code unflushed}
 * @param incurable {@code true} or {@code translog} when their successors pile their translogs up
 *     again, {@code unassigned} when they never find a place
 * @param sick copies with a hole as real ones have it: the others keep their translogs, too
 * @param columns as CREATE TABLE has them, such as {@code id TEXT PRIMARY KEY, s TEXT}, for a table
 *     that rows can be inserted into; null when its columns are no matter
 * @param settings other than by default, by their dotted names
 * @param growth bytes per second that each translog grows
 * @param partitions values in the order of {@code partitionedBy}
 * @param odd values that {@code sys.shards} shows whatever is true
 * @param unsettled copies that are not STARTED when the cluster comes up
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TableSpec(
    String name,
    int shards,
    @Nullable String replicas,
    @Nullable String size,
    long documents,
    @Nullable String translog,
    @Nullable String stuckTranslog,
    int stuckShards,
    @Nullable String stuck,
    @Nullable String incurable,
    @Nullable Sick sick,
    @Nullable String columns,
    @Nullable String growth,
    @Nullable Map<String, Object> settings,
    boolean closed,
    @Nullable String created,
    @Nullable String subscriber,
    @Nullable List<String> partitionedBy,
    @Nullable List<Partition> partitions,
    @Nullable List<Odd> odd,
    @Nullable List<Unsettled> unsettled) {

  public TableSpec {
    if (name == null || !name.matches("[^.]+\\.[^.]+")) {
      throw new IllegalArgumentException(
          "a table needs a name with its schema, such as doc.events, not '" + name + "'");
    }
    Stuck.of(stuck);
    Incurable.of(incurable);
    unsettled = unsettled == null ? List.of() : unsettled;
    odd = odd == null ? List.of() : odd;
    int partitioned = partitionedBy == null ? 0 : partitionedBy.size();
    for (Partition partition : partitions == null ? List.<Partition>of() : partitions) {
      if (partition.values().size() != partitioned) {
        throw new IllegalArgumentException(
            "table %s is partitioned by %d columns, a partition of it has %d values"
                .formatted(name, partitioned, partition.values().size()));
      }
    }
    for (Unsettled copy : unsettled) {
      if (copy.shard() >= Math.max(1, shards)) {
        throw new IllegalArgumentException(
            "table %s has no shard %d: its %d shards count from 0"
                .formatted(name, copy.shard(), Math.max(1, shards)));
      }
    }
  }

  @Override
  public List<Unsettled> unsettled() {
    return Objects.requireNonNull(unsettled);
  }

  @Override
  public List<Odd> odd() {
    return Objects.requireNonNull(odd);
  }

  /** The same with other replicas and translogs: what differs from partition to partition. */
  TableSpec with(
      @Nullable String otherReplicas,
      @Nullable String otherTranslog,
      @Nullable String otherStuckTranslog,
      @Nullable Sick otherSick) {
    return new TableSpec(
        name,
        shards,
        otherReplicas,
        size,
        documents,
        otherTranslog,
        otherStuckTranslog,
        stuckShards,
        stuck,
        incurable,
        otherSick,
        columns,
        growth,
        settings,
        closed,
        created,
        subscriber,
        partitionedBy,
        partitions,
        odd,
        unsettled);
  }

  /** A partition; what is null is as in its table. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Partition(
      List<Object> values,
      @Nullable String replicas,
      @Nullable String translog,
      @Nullable String stuckTranslog,
      @Nullable Sick sick) {
    Partition {
      if (values == null) {
        throw new IllegalArgumentException("a partition needs its values");
      }
    }
  }

  /**
   * The real disease: replicas never heard of an operation, and since then nothing is forgotten in
   * any copy of the shard.
   *
   * @param translog uncommitted bytes of each copy since then, exactly; {@code 0} for none
   * @param shards how many are sick, the first ones; all when 0
   * @param replicas how many of each shard have the hole, the first ones; all when 0
   * @param unreplayable whether the last operation can't be replayed by a copy that is built anew
   */
  record Sick(String translog, int shards, int replicas, boolean unreplayable) {
    Sick {
      if (translog == null || shards < 0 || replicas < 0) {
        throw new IllegalArgumentException(
            "sick copies need a translog, and count shards and replicas from 1 on, 0 for all");
      }
      ByteSize.of(translog);
    }

    boolean hasHole(int replica) {
      return replica > 0 && (replicas == 0 || replica <= replicas);
    }
  }

  /**
   * A value in the row of one copy, and of the same copy of each partition; whatever is built in
   * its place shows what is true.
   *
   * @param replica which of the shard's replicas, from 1 on; 0 for the primary
   * @param column with dots before the keys of objects: {@code translog_stats.uncommitted_size}
   */
  record Odd(int shard, int replica, String column, @Nullable Object value) {
    Odd {
      if (column == null || shard < 0 || replica < 0) {
        throw new IllegalArgumentException(
            "an odd value needs a column, a shard and a replica from 0 on (the primary)");
      }
    }
  }

  /**
   * A copy that is not STARTED when the cluster comes up; of each partition, if there are any.
   *
   * @param replica which of the shard's replicas, from 1 on; 0 for the primary
   * @param state UNASSIGNED, INITIALIZING, RELOCATING, or FAILED when it is UNASSIGNED because it
   *     could not be built five times
   * @param seconds how long it stays so; for good when null
   */
  public record Unsettled(int shard, int replica, String state, @Nullable Double seconds) {
    private static final List<String> STATES =
        List.of("UNASSIGNED", "INITIALIZING", "RELOCATING", "FAILED");

    public Unsettled {
      if (!STATES.contains(state)) {
        throw new IllegalArgumentException(
            "an unsettled copy is UNASSIGNED, INITIALIZING, RELOCATING or FAILED, not '"
                + state
                + "'");
      }
      if (shard < 0 || replica < 0) {
        throw new IllegalArgumentException(
            "shards and replicas of an unsettled copy count from 0 (the primary is replica 0)");
      }
      Seconds.check("the seconds of an unsettled copy", seconds);
    }
  }
}
