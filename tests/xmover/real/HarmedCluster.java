package xmover.real;

import java.io.IOException;
import java.nio.file.Path;

/** A real cluster with a sick table, whose nodes are harmed when a statement comes by. */
final class HarmedCluster implements AutoCloseable {
  final RealCluster cluster = new RealCluster();
  final SickTable table;
  final Nodes nodes = new Nodes(cluster);
  final StatementRelay relay;
  final JournalOnDisk journal;

  /**
   * @param home where the journal is
   */
  HarmedCluster(Path home, int shards) throws IOException {
    table = new SickTable(cluster, shards);
    journal = new JournalOnDisk(cluster, home);
    relay = new StatementRelay(cluster);
    table.createSick("0-1");
  }

  @Override
  public void close() {
    relay.close();
    nodes.close();
    cluster.close();
  }
}
