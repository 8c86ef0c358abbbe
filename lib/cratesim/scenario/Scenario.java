package cratesim.scenario;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import cratesim.model.Seconds;
import cratesim.model.SimVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated cluster begins with, and how it behaves: a JSON file. Times are in seconds,
 * sizes as CrateDB's settings write them ({@code 1.5gb}).
 *
 * @param clusterId what sys.cluster has as its id; null for one that no other cluster has
 * @param disk size of each node's disk
 * @param leaseSync how often retention leases are synced; null for the version's own interval
 * @param recovery how long a new replica takes until it is STARTED
 * @param recoverySpeed bytes per second, such as {@code 40mb}, that a copy which is built takes
 *     beside that; null when its size is no matter
 * @param settings of the cluster, other than by default
 * @param disks of nodes whose disk is another, by the node's name
 * @param versions of nodes that have another one, by the node's name
 * @param attributes of nodes, by the node's name
 * @param generated many tables alike, besides the named ones
 * @param jobs statements of others
 * @param events what happens by itself
 * @param faults of the list of faults, {@code NAME@MOMENT}, that its wires have
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Scenario(
    String version,
    @Nullable String clusterName,
    @Nullable String clusterId,
    long seed,
    List<String> nodes,
    @Nullable String disk,
    @Nullable Double leaseSync,
    @Nullable Double recovery,
    @Nullable String recoverySpeed,
    @Nullable Relocation relocation,
    @Nullable Map<String, Object> settings,
    @Nullable Map<String, Disk> disks,
    @Nullable Map<String, String> versions,
    @Nullable Map<String, Map<String, String>> attributes,
    @Nullable List<UserSpec> users,
    @Nullable List<TableSpec> tables,
    @Nullable Generated generated,
    @Nullable List<SnapshotSpec> snapshots,
    @Nullable List<JobSpec> jobs,
    @Nullable List<ScenarioEvent> events,
    @Nullable List<String> faults) {

  /** A scenario by name, or by path when it holds a slash or ends with .json. */
  public static Scenario load(String name) {
    return load(name, Path.of(""));
  }

  /**
   * The same.
   *
   * @param folder where a relative path begins
   */
  public static Scenario load(String name, Path folder) {
    return ScenarioFile.load(name, folder);
  }

  public Scenario {
    if (version == null) {
      throw new IllegalArgumentException("a scenario needs a version, such as 6.3.7");
    }
    SimVersion.of(version);
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
    disks = disks == null ? Map.of() : disks;
    versions = versions == null ? Map.of() : versions;
    attributes = attributes == null ? Map.of() : attributes;
    snapshots = snapshots == null ? List.of() : snapshots;
    jobs = jobs == null ? List.of() : jobs;
    events = events == null ? List.of() : events;
    faults = faults == null ? List.of() : List.copyOf(faults);
    checkNodes("disks", disks, nodes);
    checkNodes("versions", versions, nodes);
    checkNodes("attributes", attributes, nodes);
    versions.values().forEach(SimVersion::of);
    List<String> names = tables.stream().map(TableSpec::name).toList();
    events.forEach(event -> event.check(nodes, names));
  }

  private static void checkNodes(String key, Map<String, ?> said, List<String> nodes) {
    if (said.values().stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(key + ": a node has none");
    }
    Set<String> named = said.keySet();
    for (String node : named) {
      if (!nodes.contains(node)) {
        throw new IllegalArgumentException(
            "%s names a node '%s', the scenario has %s"
                .formatted(key, node, String.join(", ", nodes)));
      }
    }
  }

  /** The same of a cluster with another id, to which nothing has happened. */
  public Scenario ofAnother() {
    return new Scenario(
        version,
        clusterName,
        null,
        seed,
        nodes,
        disk,
        leaseSync,
        recovery,
        recoverySpeed,
        relocation,
        settings,
        disks,
        versions,
        attributes,
        users,
        tables,
        generated,
        snapshots,
        jobs,
        List.of(),
        List.of());
  }

  @Override
  public List<String> faults() {
    return Objects.requireNonNull(faults);
  }

  @Override
  public Map<String, String> versions() {
    return Objects.requireNonNull(versions);
  }

  @Override
  public Map<String, Map<String, String>> attributes() {
    return Objects.requireNonNull(attributes);
  }

  /**
   * How likely a primary is to move when its replicas were dropped, and another copy when one was
   * moved by hand, and for how long.
   */
  public record Relocation(double probability, double seconds) {}

  /** Tables {@code doc.t00001} and so on, a share of them with the stuck translogs given. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Generated(int tables, double problematicShare, TableSpec like) {}

  /** A user besides {@code crate}; without a password anybody may be him. */
  public record UserSpec(
      String name, @Nullable String password, boolean superuser, @Nullable List<Grant> privileges) {
    public UserSpec {
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
  public record Grant(String type, String on, @Nullable String ident) {
    public Grant {
      ident = ident == null ? "" : ident;
    }

    @Override
    public String ident() {
      return Objects.requireNonNull(ident);
    }

    public boolean covers(String schema, String table) {
      return switch (on) {
        case "CLUSTER" -> true;
        case "SCHEMA" -> ident().equals(schema);
        default -> ident().equals(schema + "." + table);
      };
    }
  }

  /**
   * The disk of one node.
   *
   * @param size the scenario's when null
   * @param used bytes, or a percentage such as {@code 88%}, that are used when the cluster comes
   *     up, its shards among them; what the shards need when null
   * @param shown what {@code sys.nodes} has instead of size, used and available: -1 or 0 where a
   *     node has no figures
   */
  public record Disk(@Nullable String size, @Nullable String used, @Nullable Long shown) {}

  /**
   * A snapshot: IN_PROGRESS for some seconds, then SUCCESS.
   *
   * @param tables full names
   * @param begins seconds after the cluster came up, below zero for before
   * @param seconds how long it takes; it never ends when null
   */
  public record SnapshotSpec(
      String repository,
      String name,
      @Nullable List<String> tables,
      double begins,
      @Nullable Double seconds) {
    public SnapshotSpec {
      if (repository == null || name == null) {
        throw new IllegalArgumentException("a snapshot needs a repository and a name");
      }
      tables = tables == null ? List.of() : tables;
      Seconds.check("the seconds of snapshot " + name, seconds);
    }

    @Override
    public List<String> tables() {
      return Objects.requireNonNull(tables);
    }
  }

  /**
   * A statement of somebody else that takes its time, and changes nothing here.
   *
   * @param begins seconds after the cluster came up, below zero for before
   * @param seconds how long it runs; it never ends when null
   * @param error what became of it; null when all went well
   */
  public record JobSpec(
      String user,
      String statement,
      double begins,
      @Nullable Double seconds,
      @Nullable String error) {
    public JobSpec {
      if (user == null || statement == null) {
        throw new IllegalArgumentException("a job needs a user and a statement");
      }
      Seconds.check("the seconds of a job", seconds);
    }
  }
}
