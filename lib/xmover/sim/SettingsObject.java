package xmover.sim;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xmover.sim.sql.Attributes;

/** The {@code settings} column that tables and partitions share. */
final class SettingsObject {
  private SettingsObject() {}

  /** NULL throughout where {@code settings} gives null: system tables have none. */
  static <R> void add(Attributes<R> attributes, Settings<R> settings) {
    attributes.objectWhere(
        "settings",
        settings::of,
        object -> {
          object
              .bigint("refresh_interval", settings.then(s -> 1000L))
              .object("blocks", blocks -> blocks(blocks, settings))
              .text("codec", settings.then(s -> "default"))
              .object("store", store -> store.text("type", settings.then(s -> "fs")))
              .object("translog", translog -> translog(translog, settings))
              .object(
                  "routing", routing -> routing.object("allocation", a -> allocation(a, settings)))
              .object("write", write -> write(write, settings));
        });
  }

  /** Finds the settings of a row. */
  interface Settings<R> {
    @Nullable TableSettings of(R row);

    default Attributes.Cell<R> then(Function<TableSettings, Object> part) {
      return row -> {
        TableSettings settings = of(row);
        return settings == null ? null : part.apply(settings);
      };
    }
  }

  private static <R> void blocks(Attributes<R> blocks, Settings<R> settings) {
    blocks
        .bool("read_only", settings.then(TableSettings::readOnly))
        .bool("read", settings.then(s -> false))
        .bool("write", settings.then(s -> false))
        .bool("metadata", settings.then(TableSettings::metadataBlocked))
        .bool("read_only_allow_delete", settings.then(s -> false));
  }

  private static <R> void translog(Attributes<R> translog, Settings<R> settings) {
    translog
        .bigint("flush_threshold_size", settings.then(TableSettings::flushThreshold))
        .bigint("sync_interval", settings.then(s -> 5000L))
        .text("durability", settings.then(s -> "REQUEST"));
  }

  private static <R> void allocation(Attributes<R> allocation, Settings<R> settings) {
    allocation
        .text("enable", settings.then(TableSettings::allocationEnable))
        .integer("total_shards_per_node", settings.then(s -> -1));
  }

  private static <R> void write(Attributes<R> write, Settings<R> settings) {
    write.text("wait_for_active_shards", settings.then(TableSettings::waitForActiveShards));
  }
}
