package xmover.gates.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import xmover.detect.CopyState;
import xmover.reset.Cure;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.TableResult;
import xmover.table.Bytes;
import xmover.table.TableRef;

/**
 * The replicas this run dropped and that are not back yet: of tables at zero, and of those whose
 * replicas are being built. Their room looks free and is not. All of it runs on one event loop.
 */
public final class DroppedCopies implements RunListener {
  private final Map<TableRef, List<CopyState>> before = new HashMap<>();

  /** How much of its replicas is missing, from 1 to 0, of each table that went to zero. */
  private final Map<TableRef, Double> missing = new HashMap<>();

  private final Set<TableRef> unproven = new HashSet<>();

  /** The copies of a table right before its turn, or afterwards. */
  public void seen(TableRef table, List<CopyState> copies) {
    int expected = before.getOrDefault(table, List.of()).size();
    if (copies.size() >= expected && copies.stream().allMatch(CopyState::isSettled)) {
      forget(table);
    }
    if (!missing.containsKey(table)) {
      before.put(table, List.copyOf(copies));
    }
  }

  /** Tables whose turn is over though their replicas were not seen to be back. */
  public Set<TableRef> unproven() {
    return Set.copyOf(unproven);
  }

  /** How many bytes other tables than this one will take back, by the node that held them. */
  public Map<String, Long> bytesByNode(TableRef but) {
    Map<String, Long> bytes = new HashMap<>();
    missing.forEach(
        (table, share) -> {
          if (!table.equals(but)) {
            add(bytes, before.getOrDefault(table, List.of()), share);
          }
        });
    return bytes;
  }

  private static void add(Map<String, Long> bytes, List<CopyState> copies, double share) {
    for (CopyState copy : copies) {
      if (!copy.primary()) {
        Bytes size = CopyState.shardSize(copies, copy.id()).or(copy::size).orElse(Bytes.ZERO);
        long gone = Math.round(size.value() * share);
        copy.node().ifPresent(node -> bytes.merge(node, gone, Long::sum));
      }
    }
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Transition step && step.to().state().isAtRisk()) {
      missing.putIfAbsent(step.to().table(), 1.0);
    } else if (event instanceof RunEvent.Recovering now) {
      double gone = 1 - now.reading().percent() / 100;
      missing.computeIfPresent(now.finding().table(), (table, share) -> gone);
    } else if (event instanceof RunEvent.TableEnded over) {
      ended(over.result());
    }
  }

  private void ended(TableResult result) {
    TableRef table = result.finding().table();
    if (result.cure().filter(Cure::isCured).isPresent() || !missing.containsKey(table)) {
      forget(table);
    } else {
      unproven.add(table);
    }
  }

  private void forget(TableRef table) {
    before.remove(table);
    missing.remove(table);
    unproven.remove(table);
  }
}
