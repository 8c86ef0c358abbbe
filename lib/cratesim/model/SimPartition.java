package cratesim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One partition, or all of a table without partitions: the shards that share their settings. */
public final class SimPartition {
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
  public SimPartition(
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

  public SimTable table() {
    return table;
  }

  public String uuid() {
    return uuid;
  }

  /** Empty for a table without partitions. */
  public String ident() {
    return ident;
  }

  /** As the health and allocation tables have it: null for a table without partitions. */
  public @Nullable String identOrNull() {
    return ident.isEmpty() ? null : ident;
  }

  public Map<String, Object> values() {
    return values;
  }

  long growth() {
    return growth;
  }

  public @Nullable String subscriber() {
    return subscriber;
  }

  public List<SimShard> shards() {
    return shards;
  }

  public TableSettings settings() {
    return settings;
  }

  public boolean isClosed() {
    return closed;
  }

  public void close(boolean shut) {
    closed = shut;
  }

  public void setSettings(TableSettings next) {
    settings = next;
  }
}
