package cratesim.model;

import cratesim.sql.Errors;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of the simulated cluster: what there is, and the time line that changes it. */
public final class ClusterModel {
  private final String id;
  private final String name;
  private final SimVersion version;
  private final Timeline timeline;
  private final Random random;
  private final Random identifiers;
  private final SimSettings settings = new SimSettings();
  private final List<SimNode> nodes = new ArrayList<>();
  private final TreeMap<String, TreeMap<String, SimTable>> schemas = new TreeMap<>();
  private final List<SimSnapshot> snapshots = new ArrayList<>();
  private final StaleHealth staleHealth = new StaleHealth();
  private final JobLog jobs;

  private long openShards;
  private boolean recovered = true;
  private long clockMillis;

  public ClusterModel(
      String id, String name, SimVersion version, Timeline timeline, Random random, JobLog jobs) {
    this.id = id;
    this.name = name;
    this.version = version;
    this.timeline = timeline;
    this.random = random;
    this.identifiers = new Random((identifier(random) + id).hashCode());
    this.jobs = jobs;
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public SimVersion version() {
    return version;
  }

  public Timeline timeline() {
    return timeline;
  }

  public long now() {
    return timeline.now();
  }

  /** What the nodes take the time to be, milliseconds since 1970. */
  public long clock() {
    return now() + clockMillis;
  }

  /** Lets the clocks of the nodes be so far ahead, or behind below zero. */
  public void setClock(long millis) {
    clockMillis = millis;
  }

  public Random random() {
    return random;
  }

  /** An identifier that nothing here had before, nor does anything of another cluster. */
  public String newId() {
    return identifier(identifiers);
  }

  /** Twenty-two characters, as CrateDB's identifiers have. */
  public static String identifier(Random random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public SimSettings settings() {
    return settings;
  }

  public List<SimSnapshot> snapshots() {
    return snapshots;
  }

  public StaleHealth staleHealth() {
    return staleHealth;
  }

  public JobLog jobs() {
    return jobs;
  }

  /** All nodes, gone ones too. */
  public List<SimNode> nodes() {
    return nodes;
  }

  /** The nodes that belong to the cluster now; the first of them is its master. */
  public List<SimNode> members() {
    return nodes.stream().filter(node -> node.state() != SimNode.State.DOWN).toList();
  }

  public SimNode node(String nodeName) {
    return nodes.stream()
        .filter(node -> node.name().equals(nodeName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node is called " + nodeName));
  }

  public void add(SimTable table) {
    list(table);
    table.partitions().stream()
        .flatMap(partition -> partition.shards().stream())
        .forEach(shard -> countShards(shard.copies().size()));
  }

  /** False after a restart of all nodes, until enough of them are there: no table is known then. */
  public boolean isRecovered() {
    return recovered;
  }

  /** Transient settings do not survive it. */
  public void restart() {
    recovered = false;
    settings.forgetTransients();
  }

  public void recover() {
    recovered = true;
  }

  /** Refuses what changes the cluster's state as long as there is none. */
  public void requireRecovered() throws SqlError {
    if (!recovered) {
      throw Errors.notRecovered(version.atLeast(6, 0));
    }
  }

  private void list(SimTable table) {
    schemas.computeIfAbsent(table.schema(), s -> new TreeMap<>()).put(table.name(), table);
  }

  private void unlist(SimTable table) {
    schemas.computeIfPresent(
        table.schema(),
        (schema, tables) -> {
          tables.remove(table.name());
          return tables.isEmpty() ? null : tables;
        });
  }

  public void rename(SimTable table, String newName) {
    unlist(table);
    table.rename(table.schema(), newName);
    list(table);
  }

  /** Each of them gets the schema and the name of the other. */
  public void swap(SimTable one, SimTable other) {
    unlist(one);
    unlist(other);
    String schema = one.schema();
    String name = one.name();
    one.rename(other.schema(), other.name());
    other.rename(schema, name);
    list(one);
    list(other);
  }

  public void remove(SimTable table) {
    unlist(table);
    table.partitions().forEach(this::vacate);
  }

  /** Drops one partition; what has none goes as a whole. */
  public void remove(SimTable table, SimPartition partition) {
    if (table.isPartitioned()) {
      table.partitions().remove(partition);
      vacate(partition);
    } else {
      remove(table);
    }
  }

  private void vacate(SimPartition partition) {
    for (SimShard shard : partition.shards()) {
      countShards(-shard.copies().size());
      shard.copies().forEach(SimCopy::vacate);
    }
  }

  /** Copies of shards in all, which {@code cluster.max_shards_per_node} limits. */
  public long openShards() {
    return openShards;
  }

  /** Takes down that there are more or, below zero, fewer copies now. */
  public void countShards(int more) {
    openShards += more;
  }

  public Collection<String> schemas() {
    return recovered ? schemas.keySet() : Set.of();
  }

  /** The tables it knows of. */
  public Stream<SimTable> tables() {
    return recovered ? stored() : Stream.of();
  }

  private Stream<SimTable> stored() {
    return schemas.values().stream().flatMap(schema -> schema.values().stream());
  }

  /** All there are on the disks of the nodes, known or not. */
  public Stream<SimPartition> partitions() {
    return stored().flatMap(table -> table.partitions().stream());
  }

  public @Nullable SimTable table(String fullName) {
    int dot = fullName.indexOf('.');
    return table(fullName.substring(0, dot), fullName.substring(dot + 1));
  }

  public @Nullable SimTable table(String schema, String tableName) {
    var tables = recovered ? schemas.get(schema) : null;
    return tables == null ? null : tables.get(tableName);
  }
}
