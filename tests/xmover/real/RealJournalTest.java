package xmover.real;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import xmover.cluster.Cluster;
import xmover.cluster.connection.Transport;
import xmover.environment.SteppedTimers;
import xmover.environment.Timers;
import xmover.journal.table.HistoryContract;
import xmover.journal.table.HoldContract;
import xmover.journal.table.JournalContract;
import xmover.journal.table.LockContract;
import xmover.table.SqlText;
import xmover.table.TableRef;

/** The journal and the lock over both wires of a real CrateDB. */
@NeedsCrateDb
class RealJournalTest implements JournalContract, LockContract, HoldContract, HistoryContract {
  private final RealCluster cluster = new RealCluster();
  private final String schema =
      "xmover_test_" + UUID.randomUUID().toString().substring(0, 8) + "'{A:b}";
  private final Map<Transport, Cluster> clusters = new EnumMap<>(Transport.class);

  @Override
  public Cluster open(Transport transport) {
    return clusters.computeIfAbsent(transport, t -> cluster.open(cluster.settings(t)));
  }

  @Override
  public Timers timers() {
    return new SteppedTimers();
  }

  @Override
  public String schema() {
    return schema;
  }

  @AfterAll
  void drop() {
    var own =
        cluster.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = "
                + SqlText.text(schema));
    for (var row : own) {
      String table = TableRef.of(schema, row.text("table_name")).sqlName();
      cluster.execute("ALTER TABLE " + table + " SET (\"blocks.metadata\" = false)");
      cluster.execute("DROP TABLE " + table);
    }
    cluster.close();
  }
}
