package xmover.gates.view;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.sql.PreflightSql;
import xmover.environment.Timers;
import xmover.table.TableRef;

/**
 * When each table or partition was last in a snapshot that succeeded: what is left when its only
 * copy is lost. One look serves all tables for a minute, as CrateDB reads its repositories for it.
 */
public final class NewestSnapshots {
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** Repositories are far away. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final CachedReading<Ages> ages;

  /** How old the newest snapshot of an index is, by its name. */
  public record Ages(Map<String, Duration> byIndex) {
    public Ages {
      byIndex = Map.copyOf(byIndex);
    }

    /** Empty when CrateDB shows no snapshot with it. */
    public Optional<Duration> of(TableRef table) {
      return Optional.ofNullable(byIndex.get(index(table)));
    }
  }

  public NewestSnapshots(Cluster cluster, Timers timers) {
    var reader = new StatementReader(cluster, timers);
    ages =
        new CachedReading<>(
            timers,
            FRESH,
            () ->
                reader.read(
                    "sys.snapshots",
                    PreflightSql.newestSnapshots(),
                    PATIENCE,
                    NewestSnapshots::ages));
  }

  /** Looks; what could not be read is told in its place. */
  public Future<Reading<Ages>> look() {
    return ages.get();
  }

  private static Reading<Ages> ages(List<Row> rows) {
    Map<String, Duration> ages = new HashMap<>();
    for (Row row : rows) {
      String index = row.text("index_name");
      Long age = row.number("age");
      if (index == null || age == null) {
        return Reading.unreadable("sys.snapshots tells a snapshot without its end or its tables");
      }
      ages.put(index, Duration.ofMillis(Math.max(0, age)));
    }
    return Reading.of(new Ages(ages));
  }

  /** As CrateDB names it in {@code concrete_indices}. */
  private static String index(TableRef table) {
    String schema = table.schema().equals("doc") ? "" : table.schema() + ".";
    return table.schema().equals("blob")
        ? ".blob_" + table.name()
        : table
            .partition()
            .map(p -> schema + ".partitioned." + table.name() + "." + p.ident())
            .orElse(schema + table.name());
  }
}
