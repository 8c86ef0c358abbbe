package xmover.gates;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import xmover.reset.Exposure;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * Lets tables in as long as the limits allow, first come, first served: a large one is not
 * overtaken by small ones for ever. All of it runs on one event loop.
 */
public final class ExposureBudget implements Exposure {
  private final ExposureLimits limits;
  private final Map<TableRef, Bytes> exposed = new HashMap<>();
  private final Set<TableRef> recovering = new HashSet<>();
  private final Deque<Waiting> queue = new ArrayDeque<>();

  private record Waiting(Finding table, Promise<Optional<String>> admission) {}

  public ExposureBudget(ExposureLimits limits) {
    this.limits = limits;
  }

  @Override
  public Future<Optional<String>> enter(Finding table) {
    Optional<String> never = tooLarge(table);
    if (never.isPresent()) {
      return Future.succeededFuture(never);
    }
    var waiting = new Waiting(table, Promise.promise());
    queue.add(waiting);
    admit();
    return waiting.admission().future();
  }

  @Override
  public void recovering(TableRef table) {
    if (exposed.containsKey(table)) {
      recovering.add(table);
    }
  }

  @Override
  public void leave(TableRef table) {
    queue.removeIf(waiting -> waiting.table().table().equals(table));
    exposed.remove(table);
    recovering.remove(table);
    admit();
  }

  @Override
  public Exposure forUnfinished() {
    return new Exposure() {
      @Override
      public Future<Optional<String>> enter(Finding table) {
        exposed.put(table.table(), bytes(table));
        return Future.succeededFuture(Optional.empty());
      }

      @Override
      public void recovering(TableRef table) {
        ExposureBudget.this.recovering(table);
      }

      @Override
      public void leave(TableRef table) {
        ExposureBudget.this.leave(table);
      }
    };
  }

  private void admit() {
    while (!queue.isEmpty() && fits(queue.element().table())) {
      Waiting next = queue.remove();
      exposed.put(next.table().table(), bytes(next.table()));
      // Last: whoever is let in may come back here at once.
      next.admission().complete(Optional.empty());
    }
  }

  private boolean fits(Finding table) {
    return exposed.size() < limits.tables()
        && recovering.size() <= limits.recovering()
        && limits.bytes().filter(limit -> sumWith(table) > limit.value()).isEmpty();
  }

  private long sumWith(Finding table) {
    return bytes(table).value() + exposed.values().stream().mapToLong(Bytes::value).sum();
  }

  private Optional<String> tooLarge(Finding table) {
    return limits
        .bytes()
        .filter(limit -> bytes(table).compareTo(limit) > 0)
        .map(
            limit ->
                "its primaries hold %s, and --max-exposed-bytes lets no more than %s be at one copy"
                    .formatted(bytes(table), limit));
  }

  private static Bytes bytes(Finding table) {
    return table.totals().primaryBytes();
  }
}
