package cratesim.model;

import cratesim.sql.Errors;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of a table or of one partition: what was set, over the defaults. */
public final class TableSettings {
  public static final String REPLICAS = "number_of_replicas";
  static final String FLUSH_THRESHOLD = "translog.flush_threshold_size";
  public static final String READ_ONLY = "blocks.read_only";
  public static final String READ_ONLY_ALLOW_DELETE = "blocks.read_only_allow_delete";
  public static final String METADATA_BLOCK = "blocks.metadata";
  public static final String READ_BLOCK = "blocks.read";
  public static final String WRITE_BLOCK = "blocks.write";
  static final String ACTIVE_SHARDS = "write.wait_for_active_shards";
  public static final String ALLOCATION = "routing.allocation.enable";
  public static final String SHARDS_PER_NODE = "routing.allocation.total_shards_per_node";
  private static final String ROUTING = "routing.allocation.";

  private static final long SMALLEST_THRESHOLD = 56;
  private static final Map<String, Object> DEFAULTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(READ_ONLY, false),
              Map.entry(READ_ONLY_ALLOW_DELETE, false),
              Map.entry(METADATA_BLOCK, false),
              Map.entry(READ_BLOCK, false),
              Map.entry(WRITE_BLOCK, false),
              Map.entry("codec", "default"),
              Map.entry("mapping.depth.limit", 100),
              Map.entry("mapping.total_fields.limit", 1000),
              Map.entry("merge.scheduler.max_merge_count", 6),
              Map.entry("merge.scheduler.max_thread_count", 1),
              Map.entry("refresh_interval", 1000L),
              Map.entry(ALLOCATION, "all"),
              Map.entry(SHARDS_PER_NODE, -1),
              Map.entry(ROUTING + "require", Map.of()),
              Map.entry(ROUTING + "include", Map.of()),
              Map.entry(ROUTING + "exclude", Map.of()),
              Map.entry("store.type", "fs"),
              Map.entry("translog.durability", "REQUEST"),
              Map.entry(FLUSH_THRESHOLD, 536870912L),
              Map.entry("translog.sync_interval", 5000L),
              Map.entry("unassigned.node_left.delayed_timeout", 60000L),
              Map.entry(ACTIVE_SHARDS, "1")));
  private static final String DEFAULT_REPLICAS = "0-1";

  public static final TableSettings STANDARD = new TableSettings(Map.of());

  private final Map<String, Object> changed;

  private TableSettings(Map<String, Object> changed) {
    this.changed = Map.copyOf(changed);
  }

  /** What the {@code settings} column shows, each with its default. */
  public static Map<String, Object> defaults() {
    return DEFAULTS;
  }

  public Object value(String name) {
    if (DEFAULTS.get(name) instanceof Map) {
      return group(name + ".");
    }
    Object set = changed.get(name);
    Object standard = set == null ? DEFAULTS.get(name) : set;
    return standard == null ? DEFAULT_REPLICAS : standard;
  }

  private Map<String, Object> group(String prefix) {
    Map<String, Object> group = new TreeMap<>();
    changed.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            group.put(name.substring(prefix.length()), value);
          }
        });
    return group;
  }

  /** The nodes that may take copies of this table, or may not. */
  public NodeFilters filters(NodeFilters.Group group) {
    return NodeFilters.of(group, group(ROUTING + group.word() + "."));
  }

  /** True when it was set, to whatever value. */
  public boolean isSet(String name) {
    return changed.containsKey(name);
  }

  public String text(String name) {
    return value(name).toString();
  }

  public boolean is(String flag) {
    return value(flag).equals(true);
  }

  public String replicas() {
    return text(REPLICAS);
  }

  long flushThreshold() {
    return (Long) value(FLUSH_THRESHOLD);
  }

  /** The same with one setting changed; what CrateDB refuses is refused with its words. */
  public TableSettings with(String name, @Nullable Object value) throws SqlError {
    checkName(name);
    if (value == null) {
      throw Errors.invalid("Cannot set NULL to property " + name + ".");
    }
    Map<String, Object> next = new HashMap<>(changed);
    next.put(name, typed(name, value.toString()));
    return new TableSettings(next);
  }

  public TableSettings without(String name) throws SqlError {
    checkName(name);
    Map<String, Object> next = new HashMap<>(changed);
    next.remove(name);
    return new TableSettings(next);
  }

  private static void checkName(String name) throws SqlError {
    if (DEFAULTS.get(name) instanceof Map) {
      throw Errors.invalid(
          "Cannot change a dynamic group setting, only concrete settings allowed.");
    }
    if (!DEFAULTS.containsKey(name) && !name.equals(REPLICAS) && !isFilter(name)) {
      throw Errors.invalid(
          "Invalid property \"" + name + "\" passed to [ALTER | CREATE] TABLE statement");
    }
  }

  /** Any attribute of nodes may be named. */
  private static boolean isFilter(String name) {
    return name.matches("routing\\.allocation\\.(require|include|exclude)\\..+");
  }

  private static Object typed(String name, String text) throws SqlError {
    if (name.equals(REPLICAS)) {
      ReplicaRange.check(text);
      return text;
    }
    if (name.equals(FLUSH_THRESHOLD)) {
      return threshold(text);
    }
    Object typed = SettingValue.typed(name, text, DEFAULTS.get(name));
    SettingValue.checkLimit(name, SHARDS_PER_NODE, typed);
    return typed;
  }

  private static long threshold(String text) throws SqlError {
    long bytes;
    try {
      bytes = ByteSize.of(text);
    } catch (IllegalArgumentException e) {
      throw Errors.invalid(
          "failed to parse setting [index.translog.flush_threshold_size] with value ["
              + text
              + "] as a size in bytes");
    }
    if (bytes < SMALLEST_THRESHOLD) {
      throw Errors.invalid(
          "failed to parse value ["
              + text
              + "] for setting [index.translog.flush_threshold_size], must be >= [56b]");
    }
    return bytes;
  }

  /** A number of copies that writes wait for must exist; of a range CrateDB counts the least. */
  public void checkActiveShards() throws SqlError {
    String waitFor = text(ACTIVE_SHARDS);
    int copies = 1 + ReplicaRange.least(replicas());
    if (waitFor.matches("\\d{1,9}") && Integer.parseInt(waitFor) > copies) {
      throw Errors.invalid(
          "invalid index.write.wait_for_active_shards["
              + waitFor
              + "]: cannot be greater than number of shard copies ["
              + copies
              + "]");
    }
  }
}
