package cratesim.model;

import cratesim.sql.Errors;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cluster's settings: a transient value beats a persistent one, that beats the default. */
public final class SimSettings {
  public static final String REBALANCE = "cluster.routing.rebalance.enable";
  public static final String ALLOCATION = "cluster.routing.allocation.enable";

  public static final String MAX_SHARDS = "cluster.max_shards_per_node";

  public static final String AWARENESS = "cluster.routing.allocation.awareness.attributes";
  public static final String SHARDS_PER_NODE = "cluster.routing.allocation.total_shards_per_node";
  private static final String ROUTING = "cluster.routing.allocation.";
  private static final List<String> NODE_KEYS = List.of("_host", "_id", "_ip", "_name");

  private static final String DISK = "cluster.routing.allocation.disk.";
  public static final String DISK_THRESHOLDS = DISK + "threshold_enabled";

  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          REBALANCE, Set.of("all", "none", "primaries", "replicas"),
          ALLOCATION, Set.of("all", "none", "primaries", "new_primaries"));
  private static final String FIXED = "gateway.";
  private static final Map<String, Object> DEFAULTS =
      withFilters(
          Map.ofEntries(
              Map.entry(MAX_SHARDS, 1000),
              Map.entry(ALLOCATION, "all"),
              Map.entry(REBALANCE, "all"),
              Map.entry(AWARENESS, List.of()),
              Map.entry(SHARDS_PER_NODE, -1),
              Map.entry("cluster.routing.allocation.allow_rebalance", "indices_all_active"),
              Map.entry("cluster.routing.allocation.cluster_concurrent_rebalance", 2),
              Map.entry("cluster.routing.allocation.node_concurrent_recoveries", 2),
              Map.entry(DISK_THRESHOLDS, true),
              Map.entry(DISK + "watermark.low", "85%"),
              Map.entry(DISK + "watermark.high", "90%"),
              Map.entry(DISK + "watermark.flood_stage", "95%"),
              Map.entry("gateway.expected_data_nodes", -1),
              Map.entry("gateway.expected_nodes", -1),
              Map.entry("gateway.recover_after_data_nodes", -1),
              Map.entry("gateway.recover_after_nodes", -1),
              Map.entry("gateway.recover_after_time", "0ms"),
              Map.entry("indices.recovery.max_bytes_per_sec", "40mb"),
              Map.entry("stats.enabled", true)));

  private static Map<String, Object> withFilters(Map<String, Object> others) {
    Map<String, Object> all = new TreeMap<>(others);
    for (NodeFilters.Group group : NodeFilters.Group.values()) {
      NODE_KEYS.forEach(key -> all.put(ROUTING + group.word() + "." + key, ""));
    }
    return all;
  }

  private final Map<String, Object> transients = new HashMap<>();
  private final Map<String, Object> persistents = new HashMap<>();

  /** Every setting there is, with its default. */
  public static Map<String, Object> defaults() {
    return DEFAULTS;
  }

  public @Nullable Object value(String name) {
    Object fallback = persistents.getOrDefault(name, DEFAULTS.get(name));
    return transients.getOrDefault(name, fallback);
  }

  void forgetTransients() {
    transients.clear();
  }

  public boolean is(String name, String value) {
    return value.equalsIgnoreCase(text(name));
  }

  public String text(String name) {
    return String.valueOf(value(name)).toLowerCase(Locale.ROOT);
  }

  /** The nodes that may take copies at all, or may not. */
  public NodeFilters filters(NodeFilters.Group group) {
    Map<String, Object> values = new HashMap<>();
    for (String key : NODE_KEYS) {
      values.put(key, Objects.requireNonNull(value(ROUTING + group.word() + "." + key)));
    }
    return NodeFilters.of(group, values);
  }

  /** What the configuration files of the nodes say. */
  public void configure(Map<String, Object> settings) throws SqlError {
    for (String name : settings.keySet()) {
      checkName(name);
    }
    put(persistents, settings);
  }

  public void set(boolean persistent, Map<String, Object> settings) throws SqlError {
    for (String name : settings.keySet()) {
      checkChangeable(name);
    }
    put(persistent ? persistents : transients, settings);
  }

  /** All of them or none. */
  private void put(Map<String, Object> where, Map<String, Object> settings) throws SqlError {
    Map<String, Object> before = new HashMap<>(where);
    try {
      for (Map.Entry<String, Object> setting : settings.entrySet()) {
        where.put(setting.getKey(), checked(setting.getKey(), setting.getValue()));
      }
      SimWatermarks.of(this).check();
    } catch (SqlError refused) {
      where.clear();
      where.putAll(before);
      throw refused;
    }
  }

  private static void checkName(String name) throws SqlError {
    if (!DEFAULTS.containsKey(name)) {
      throw Errors.invalid("Setting '" + name + "' is not supported");
    }
  }

  private static void checkChangeable(String name) throws SqlError {
    checkName(name);
    if (name.startsWith(FIXED)) {
      throw Errors.unsupported("Setting '" + name + "' cannot be set/reset at runtime");
    }
  }

  private static Object checked(String name, @Nullable Object value) throws SqlError {
    if (value == null) {
      throw Errors.invalid(
          "Cannot set \""
              + name
              + "\" to `null`. Use `RESET [GLOBAL] \""
              + name
              + "\"` to reset a setting to its default value");
    }
    String text = value.toString();
    checkChoice(name, text);
    if (SimWatermarks.isOne(name)) {
      SimWatermarks.checkForm(name, text);
    }
    Object typed = SettingValue.typed(name, text, DEFAULTS.get(name));
    if (name.equals(MAX_SHARDS) && typed instanceof Integer shards && shards < 1) {
      throw Errors.invalid(
          "Failed to parse value [" + text + "] for setting [" + name + "] must be >= 1");
    }
    SettingValue.checkLimit(name, SHARDS_PER_NODE, typed);
    return typed;
  }

  private static void checkChoice(String name, String text) throws SqlError {
    Set<String> choices = CHOICES.get(name);
    if (choices != null && !choices.contains(text.toLowerCase(Locale.ROOT))) {
      String last = name.substring("cluster.routing.".length());
      throw Errors.invalid("Illegal " + last + " value [" + text.toUpperCase(Locale.ROOT) + "]");
    }
  }

  public void reset(Iterable<String> names) throws SqlError {
    for (String name : names) {
      checkChangeable(name);
      transients.remove(name);
      persistents.remove(name);
    }
  }
}
