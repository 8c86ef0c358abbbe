package xmover.gates.view;

import java.util.List;
import java.util.Map;
import xmover.reset.PastReset;

/**
 * All that the gates see, of one moment.
 *
 * @param reserved bytes by node that other tables of this run will take back
 * @param snapshots how old the newest snapshot with each table is; read where a gate asks for it
 * @param earlier the resets that ended before, of all tables
 */
public record View(
    HealthView health,
    ClusterView cluster,
    TableView table,
    Map<String, Long> reserved,
    Reading<NewestSnapshots.Ages> snapshots,
    Reading<List<PastReset>> earlier) {
  public View {
    reserved = Map.copyOf(reserved);
  }
}
