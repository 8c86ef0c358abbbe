package cratesim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One partition, or all of a table without partitions: the shards that share their settings. */
final class SimPartition {
  private final SimTable table;
  private final String uuid;
  private final String ident;
  private final Map<String, Object> values;
  private final long growth;
  private final @Nullable String subscriber;
  private final List<SimShard> shards = new ArrayList<>();
  private TableSettings settings;
  private boolean closed;

  /**
   * @param uuid of its index; it stays the same whatever the table is called
   * @param growth bytes per second by which each translog grows
   * @param subscriber a logical replication that holds leases of its own
   */
  SimPartition(
      SimTable table,
      String uuid,
      String ident,
      Map<String, Object> values,
      TableSettings settings,
      long growth,
      @Nullable String subscriber) {
    this.table = table;
    this.uuid = uuid;
    this.ident = ident;
    this.values = values;
    this.settings = settings;
    this.growth = growth;
    this.subscriber = subscriber;
  }

  SimTable table() {
    return table;
  }

  String uuid() {
    return uuid;
  }

  /** Empty for a table without partitions. */
  String ident() {
    return ident;
  }

  /** As the health and allocation tables have it: null for a table without partitions. */
  @Nullable String identOrNull() {
    return ident.isEmpty() ? null : ident;
  }

  Map<String, Object> values() {
    return values;
  }

  long growth() {
    return growth;
  }

  @Nullable String subscriber() {
    return subscriber;
  }

  List<SimShard> shards() {
    return shards;
  }

  TableSettings settings() {
    return settings;
  }

  boolean isClosed() {
    return closed;
  }

  void close(boolean shut) {
    closed = shut;
  }

  void setSettings(TableSettings next) {
    settings = next;
  }
}
