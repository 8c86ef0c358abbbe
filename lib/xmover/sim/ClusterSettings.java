package xmover.sim;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xmover.sim.sql.Errors;

/** The cluster's settings: a transient value beats a persistent one, that beats the default. */
final class ClusterSettings {
  static final String REBALANCE = "cluster.routing.rebalance.enable";
  static final String ALLOCATION = "cluster.routing.allocation.enable";

  static final String MAX_SHARDS = "cluster.max_shards_per_node";

  private static final Set<String> REBALANCE_VALUES =
      Set.of("all", "none", "primaries", "replicas");
  private static final String DISK = "cluster.routing.allocation.disk.";
  private static final Map<String, Object> DEFAULTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(MAX_SHARDS, 1000),
              Map.entry(ALLOCATION, "all"),
              Map.entry(REBALANCE, "all"),
              Map.entry("cluster.routing.allocation.allow_rebalance", "indices_all_active"),
              Map.entry("cluster.routing.allocation.cluster_concurrent_rebalance", 2),
              Map.entry("cluster.routing.allocation.node_concurrent_recoveries", 2),
              Map.entry(DISK + "threshold_enabled", true),
              Map.entry(DISK + "watermark.low", "85%"),
              Map.entry(DISK + "watermark.high", "90%"),
              Map.entry(DISK + "watermark.flood_stage", "95%"),
              Map.entry("gateway.expected_data_nodes", -1),
              Map.entry("indices.recovery.max_bytes_per_sec", "40mb"),
              Map.entry("stats.enabled", true)));

  private final Map<String, Object> transients = new HashMap<>();
  private final Map<String, Object> persistents = new HashMap<>();

  /** Every setting there is, with its default. */
  static Map<String, Object> defaults() {
    return DEFAULTS;
  }

  @Nullable Object value(String name) {
    Object fallback = persistents.getOrDefault(name, DEFAULTS.get(name));
    return transients.getOrDefault(name, fallback);
  }

  boolean is(String name, String value) {
    return value.equalsIgnoreCase(String.valueOf(value(name)));
  }

  void set(boolean persistent, Map<String, Object> settings) throws SqlError {
    for (String name : settings.keySet()) {
      check(name);
    }
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      String name = setting.getKey();
      Object value = checked(name, setting.getValue());
      (persistent ? persistents : transients).put(name, value);
    }
  }

  private static void check(String name) throws SqlError {
    if (!DEFAULTS.containsKey(name)) {
      throw Errors.invalid("Setting '" + name + "' is not supported");
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
    if (name.equals(REBALANCE) && !REBALANCE_VALUES.contains(text.toLowerCase(Locale.ROOT))) {
      throw Errors.invalid(
          "Illegal rebalance.enable value [" + text.toUpperCase(Locale.ROOT) + "]");
    }
    return SettingValue.typed(name, text, DEFAULTS.get(name));
  }

  void reset(Iterable<String> names) throws SqlError {
    for (String name : names) {
      check(name);
      transients.remove(name);
      persistents.remove(name);
    }
  }
}
