package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.reset.RunLimits;

/**
 * A node froze, the run was stopped, and no restore left for two minutes: the looks that hang kept
 * every connection of the pool that is for restores.
 */
class FrozenNodeAndManyTablesTest {
  private static final int TABLES = 20;

  private final ResetBench bench =
      new ResetBench(
          IntStream.range(0, TABLES)
              .mapToObj(
                  i ->
                      "{\"name\": \"doc.t%d\", \"shards\": 1, \"replicas\": \"1\", \"stuck_translog\": \"2gb\"}"
                          .formatted(i))
              .toArray(String[]::new));

  @Test
  void all_are_on_their_way_back_within_seconds() {
    bench.policy = ResetBench.HANDBOOK;
    ResetContext all = bench.context();
    var narrow =
        new ResetContext(
            all.cluster(),
            new FiveConnections(bench.link),
            all.policy(),
            all.timers(),
            all.listener(),
            all.run(),
            all.journal(),
            all.safeguards(),
            all.self());
    var run = new AutoExecOrchestrator(narrow, RunLimits.concurrent(TABLES), () -> false, Map.of());
    run.run(bench.findings());
    bench.timers.advance(Duration.ofSeconds(2));
    assertEquals(TABLES, atZero());
    bench.link.always(
        "sys.shards",
        execution ->
            bench
                .timers
                .after(Duration.ofSeconds(30))
                .compose(
                    late ->
                        Future.failedFuture(
                            new ClusterFailure(Kind.SERVER, "job killed", null, null))));
    run.stop("SIGTERM");
    bench.timers.advance(Duration.ofSeconds(15));
    assertEquals(0, atZero());
  }

  private long atZero() {
    return IntStream.range(0, TABLES).filter(i -> bench.replicas("t" + i).equals("0")).count();
  }

  /** As many statements at once as a pool of the default size lets through. */
  private static final class FiveConnections implements Cluster {
    private final Cluster cluster;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private int free = 5;

    FiveConnections(Cluster cluster) {
      this.cluster = cluster;
    }

    @Override
    public Future<List<Row>> execute(Statement statement) {
      Promise<Void> turn = Promise.promise();
      if (free > 0) {
        free--;
        turn.complete();
      } else {
        waiting.add(turn);
      }
      return turn.future()
          .compose(granted -> cluster.execute(statement))
          .onComplete(answer -> pass());
    }

    private void pass() {
      Promise<Void> next = waiting.poll();
      if (next == null) {
        free++;
      } else {
        next.complete();
      }
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
