package xmover.sim;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated cluster begins with, and how it behaves: a JSON file. Times are in seconds,
 * sizes as CrateDB's settings write them ({@code 1.5gb}).
 *
 * @param disk size of each node's disk
 * @param leaseSync how often retention leases are synced; null for the version's own interval
 * @param recovery how long a new replica takes until it is STARTED
 * @param settings of the cluster, other than by default
 * @param generated many tables alike, besides the named ones
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Scenario(
    String version,
    @Nullable String clusterName,
    long seed,
    List<String> nodes,
    @Nullable String disk,
    @Nullable Double leaseSync,
    @Nullable Double recovery,
    @Nullable Relocation relocation,
    @Nullable Map<String, Object> settings,
    @Nullable List<UserSpec> users,
    @Nullable List<TableSpec> tables,
    @Nullable Generated generated) {

  /** A scenario by name, or by path when it holds a slash or ends with .json. */
  public static Scenario load(String name) {
    return ScenarioFile.load(name);
  }

  public Scenario {
    Objects.requireNonNull(version, "version");
    if (nodes == null || nodes.isEmpty()) {
      throw new IllegalArgumentException("a scenario needs at least one node");
    }
    settings = settings == null ? Map.of() : settings;
    users = users == null ? List.of() : users;
    tables = tables == null ? List.of() : tables;
    disk = disk == null ? "2tb" : disk;
    relocation = relocation == null ? new Relocation(0, 1) : relocation;
    recovery = recovery == null ? 1.5 : recovery;
    clusterName = clusterName == null ? "simulated" : clusterName;
  }

  /** How likely a primary is to move when its replicas were dropped, and for how long. */
  record Relocation(double probability, double seconds) {}

  /** Tables {@code doc.t00001} and so on, a share of them with the stuck translogs given. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Generated(int tables, double problematicShare, TableSpec like) {}

  /** A user besides {@code crate}; without a password anybody may be him. */
  record UserSpec(
      String name, @Nullable String password, boolean superuser, @Nullable List<Grant> privileges) {
    UserSpec {
      privileges = privileges == null ? List.of() : privileges;
    }

    @Override
    public List<Grant> privileges() {
      return Objects.requireNonNull(privileges);
    }
  }

  /**
   * A privilege.
   *
   * @param on CLUSTER, SCHEMA or TABLE
   * @param ident the schema or the full table name; empty for the cluster
   */
  record Grant(String type, String on, @Nullable String ident) {
    Grant {
      ident = ident == null ? "" : ident;
    }

    @Override
    public String ident() {
      return Objects.requireNonNull(ident);
    }

    boolean covers(String schema, String table) {
      return switch (on) {
        case "CLUSTER" -> true;
        case "SCHEMA" -> ident().equals(schema);
        default -> ident().equals(schema + "." + table);
      };
    }
  }

  /**
   * A table.
   *
   * @param size of each primary shard
   * @param translog uncommitted bytes of every copy
   * @param stuckTranslog uncommitted bytes of the first replica of the first {@code stuckShards}
   *     shards, all when 0: copies with a hole that can't commit; of the primary where there is no
   *     replica
   * @param settings other than by default, by their dotted names
   * @param growth bytes per second that each translog grows
   * @param partitions values in the order of {@code partitionedBy}
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record TableSpec(
      String name,
      int shards,
      @Nullable String replicas,
      @Nullable String size,
      long documents,
      @Nullable String translog,
      @Nullable String stuckTranslog,
      int stuckShards,
      @Nullable String growth,
      @Nullable Map<String, Object> settings,
      boolean closed,
      @Nullable String created,
      @Nullable String subscriber,
      @Nullable List<String> partitionedBy,
      @Nullable List<PartitionSpec> partitions) {

    /** The same with other replicas and translogs: what differs from partition to partition. */
    TableSpec with(
        @Nullable String otherReplicas,
        @Nullable String otherTranslog,
        @Nullable String otherStuckTranslog) {
      return new TableSpec(
          name,
          shards,
          otherReplicas,
          size,
          documents,
          otherTranslog,
          otherStuckTranslog,
          stuckShards,
          growth,
          settings,
          closed,
          created,
          subscriber,
          partitionedBy,
          partitions);
    }
  }

  /** A partition; what is null is as in its table. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record PartitionSpec(
      List<Object> values,
      @Nullable String replicas,
      @Nullable String translog,
      @Nullable String stuckTranslog) {}
}
