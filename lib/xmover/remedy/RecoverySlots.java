package xmover.remedy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many copies a run has built on a node, or from it, at the same moment. CrateDB keeps to
 * {@code node_concurrent_recoveries} by itself, but for a MOVE. All of it runs on one event loop.
 */
final class RecoverySlots {
  private final Map<String, Long> busy = new HashMap<>();
  private final Deque<Waiting> queue = new ArrayDeque<>();

  private record Waiting(List<String> nodes, long limit, Promise<Void> free) {}

  /**
   * Completes when all of these nodes have room.
   *
   * @param limit the most a node may have
   */
  Future<Void> take(List<String> nodes, long limit) {
    var waiting = new Waiting(nodes, Math.max(1, limit), Promise.promise());
    queue.add(waiting);
    admit();
    return waiting.free().future();
  }

  void giveBack(List<String> nodes) {
    nodes.forEach(node -> busy.merge(node, -1L, Long::sum));
    admit();
  }

  private void admit() {
    List<Waiting> admitted = new ArrayList<>();
    for (Waiting next : List.copyOf(queue)) {
      if (next.nodes().stream().allMatch(node -> busy.getOrDefault(node, 0L) < next.limit())) {
        next.nodes().forEach(node -> busy.merge(node, 1L, Long::sum));
        queue.remove(next);
        admitted.add(next);
      }
    }
    // Last: whoever is let in may come back here at once.
    admitted.forEach(next -> next.free().complete());
  }
}
