package xmover.gates.view;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Row;
import xmover.detect.allocation.AllocationSettings;

/**
 * The settings of the cluster that matter to a reset; empty what CrateDB does not tell.
 *
 * @param user the one XMover connects as
 * @param allocation {@code cluster.routing.allocation}
 * @param diskThreshold {@code cluster.routing.allocation.disk.threshold_enabled}
 * @param watermarks those of the disk
 * @param expectedDataNodes {@code gateway.expected_data_nodes}; -1 when not set
 * @param jobsTold whether {@code sys.jobs} and {@code sys.jobs_log} are kept
 * @param seesEveryTable whether the user's privileges show it every table
 * @param seesEveryJob whether they show it the statements of others
 */
public record SafetySettings(
    String user,
    AllocationSettings allocation,
    Optional<Long> maxShardsPerNode,
    Optional<Boolean> diskThreshold,
    Optional<Watermarks> watermarks,
    Optional<Long> expectedDataNodes,
    boolean jobsTold,
    boolean seesEveryTable,
    boolean seesEveryJob) {
  private static final String DISK = "routing.allocation.disk.";

  /** Reads the row of {@code PreflightSql.cluster()}. */
  static SafetySettings of(Row row) {
    Settings cluster = Settings.of(row, "cluster");
    Settings stats = Settings.of(row, "stats");
    boolean superuser = row.flag("superuser");
    return new SafetySettings(
        Objects.requireNonNullElse(row.text("user_name"), "?"),
        AllocationSettings.ofCluster(cluster.object("routing.allocation")),
        cluster.number("max_shards_per_node").filter(max -> max > 0 && max <= Integer.MAX_VALUE),
        cluster.flag(DISK + "threshold_enabled"),
        watermark(cluster, "low")
            .flatMap(
                low ->
                    watermark(cluster, "high")
                        .flatMap(
                            high ->
                                watermark(cluster, "flood_stage")
                                    .map(flood -> new Watermarks(low, high, flood)))),
        Settings.of(row, "gateway").number("expected_data_nodes"),
        stats.flag("enabled").orElse(false) && stats.number("jobs_log_size").orElse(1L) > 0,
        superuser || row.flag("sees_every_table"),
        superuser || row.flag("sees_every_job"));
  }

  private static Optional<Watermark> watermark(Settings cluster, String name) {
    return cluster.text(DISK + "watermark." + name).flatMap(Watermark::of);
  }

  /** An object of settings, read by dotted names. */
  private record Settings(Map<String, Object> values) {
    static Settings of(Row row, String column) {
      Map<String, Object> values = row.object(column);
      return new Settings(values == null ? Map.of() : values);
    }

    Map<String, Object> object(String name) {
      return Row.entries(value(name));
    }

    Optional<String> text(String name) {
      return Optional.ofNullable(value(name)).map(Object::toString);
    }

    Optional<Long> number(String name) {
      return value(name) instanceof Number number
          ? Optional.of(number.longValue())
          : Optional.empty();
    }

    Optional<Boolean> flag(String name) {
      return value(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    private @Nullable Object value(String name) {
      int dot = name.indexOf('.');
      return dot < 0
          ? values.get(name)
          : new Settings(Row.entries(values.get(name.substring(0, dot))))
              .value(name.substring(dot + 1));
    }
  }
}
