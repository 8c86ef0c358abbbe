package cratesim;

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
final class ClusterModel {
  private final String id;
  private final String name;
  private final CrateVersion version;
  private final Timeline timeline;
  private final Random random;
  private final Random identifiers;
  private final ClusterSettings settings = new ClusterSettings();
  private final List<SimNode> nodes = new ArrayList<>();
  private final TreeMap<String, TreeMap<String, SimTable>> schemas = new TreeMap<>();
  private final List<SimSnapshot> snapshots = new ArrayList<>();
  private final StaleHealth staleHealth = new StaleHealth();
  private final JobLog jobs;

  private long openShards;
  private boolean recovered = true;
  private long clockMillis;

  ClusterModel(
      String id, String name, CrateVersion version, Timeline timeline, Random random, JobLog jobs) {
    this.id = id;
    this.name = name;
    this.version = version;
    this.timeline = timeline;
    this.random = random;
    this.identifiers = new Random((identifier(random) + id).hashCode());
    this.jobs = jobs;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  CrateVersion version() {
    return version;
  }

  Timeline timeline() {
    return timeline;
  }

  long now() {
    return timeline.now();
  }

  /** What the nodes take the time to be, milliseconds since 1970. */
  long clock() {
    return now() + clockMillis;
  }

  /** Lets the clocks of the nodes be so far ahead, or behind below zero. */
  void setClock(long millis) {
    clockMillis = millis;
  }

  Random random() {
    return random;
  }

  /** An identifier that nothing here had before, nor does anything of another cluster. */
  String newId() {
    return identifier(identifiers);
  }

  /** Twenty-two characters, as CrateDB's identifiers have. */
  static String identifier(Random random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  ClusterSettings settings() {
    return settings;
  }

  List<SimSnapshot> snapshots() {
    return snapshots;
  }

  StaleHealth staleHealth() {
    return staleHealth;
  }

  JobLog jobs() {
    return jobs;
  }

  /** All nodes, gone ones too. */
  List<SimNode> nodes() {
    return nodes;
  }

  /** The nodes that belong to the cluster now; the first of them is its master. */
  List<SimNode> members() {
    return nodes.stream().filter(node -> node.state() != SimNode.State.DOWN).toList();
  }

  SimNode node(String nodeName) {
    return nodes.stream()
        .filter(node -> node.name().equals(nodeName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node is called " + nodeName));
  }

  void add(SimTable table) {
    list(table);
    table.partitions().stream()
        .flatMap(partition -> partition.shards().stream())
        .forEach(shard -> countShards(shard.copies().size()));
  }

  /** False after a restart of all nodes, until enough of them are there: no table is known then. */
  boolean isRecovered() {
    return recovered;
  }

  /** Transient settings do not survive it. */
  void restart() {
    recovered = false;
    settings.forgetTransients();
  }

  void recover() {
    recovered = true;
  }

  /** Refuses what changes the cluster's state as long as there is none. */
  void requireRecovered() throws SqlError {
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

  void rename(SimTable table, String newName) {
    unlist(table);
    table.rename(table.schema(), newName);
    list(table);
  }

  /** Each of them gets the schema and the name of the other. */
  void swap(SimTable one, SimTable other) {
    unlist(one);
    unlist(other);
    String schema = one.schema();
    String name = one.name();
    one.rename(other.schema(), other.name());
    other.rename(schema, name);
    list(one);
    list(other);
  }

  void remove(SimTable table) {
    unlist(table);
    table.partitions().forEach(this::vacate);
  }

  /** Drops one partition; what has none goes as a whole. */
  void remove(SimTable table, SimPartition partition) {
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
  long openShards() {
    return openShards;
  }

  /** Takes down that there are more or, below zero, fewer copies now. */
  void countShards(int more) {
    openShards += more;
  }

  Collection<String> schemas() {
    return recovered ? schemas.keySet() : Set.of();
  }

  /** The tables it knows of. */
  Stream<SimTable> tables() {
    return recovered ? stored() : Stream.of();
  }

  private Stream<SimTable> stored() {
    return schemas.values().stream().flatMap(schema -> schema.values().stream());
  }

  /** All there are on the disks of the nodes, known or not. */
  Stream<SimPartition> partitions() {
    return stored().flatMap(table -> table.partitions().stream());
  }

  @Nullable SimTable table(String fullName) {
    int dot = fullName.indexOf('.');
    return table(fullName.substring(0, dot), fullName.substring(dot + 1));
  }

  @Nullable SimTable table(String schema, String tableName) {
    var tables = recovered ? schemas.get(schema) : null;
    return tables == null ? null : tables.get(tableName);
  }
}
