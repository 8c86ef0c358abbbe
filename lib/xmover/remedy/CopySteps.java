package xmover.remedy;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Sql;
import xmover.cluster.Statement;
import xmover.detect.CopyState;
import xmover.detect.Detection;
import xmover.remedy.CopyWait.Arrival;
import xmover.reset.Remedy;
import xmover.table.Finding;

/** The steps that remedies of one table are made of: look, send, wait until a shard is whole. */
final class CopySteps {
  /** Looks in a row that see a copy without a node, until it is asked why. */
  private static final int UNASSIGNED = 4;

  private static final String LEFT = "a copy of the shard is UNASSIGNED";

  private final Finding table;
  private final Tools tools;
  private final Future<Void> stopped;

  CopySteps(Finding table, Tools tools, Future<Void> stopped) {
    this.table = table;
    this.tools = tools;
    this.stopped = stopped;
  }

  /** A copy that is there may be behind itself for a moment, and not for ever. */
  static final class Settling {
    private static final int BELIEVED = 5;
    private int looks;

    Arrival judge(boolean gap) {
      looks = gap ? looks + 1 : 0;
      return !gap
          ? Arrival.THERE
          : looks < BELIEVED
              ? Arrival.NOT_YET
              : Arrival.never("it was built anew and still misses an operation");
    }
  }

  Future<List<CopyState>> copies() {
    return new Detection(tools.cluster()).copies(List.of(table.table()));
  }

  /**
   * How many copies of a shard are STARTED, and how many of them miss no operation.
   *
   * @param started with the one that is to be built
   */
  record Whole(long started, long complete) {
    static Whole of(long shard, List<CopyState> copies) {
      List<CopyState> there =
          Holes.ofShard(shard, copies).stream().filter(CopyState::isAtRest).toList();
      return new Whole(there.size(), there.stream().filter(copy -> !copy.hasGap()).count());
    }

    /** The same, with one more. */
    Whole andOne() {
      return new Whole(started + 1, complete);
    }
  }

  /**
   * Waits until a shard has as many copies as before and one more of them is complete; what CrateDB
   * gave up on is mended.
   */
  Future<Optional<String>> whole(long shard, Whole before) {
    var left = new int[1];
    var settling = new Settling();
    return wait(now -> judge(shard, before, now, left, settling))
        .compose(
            trouble ->
                trouble.filter(LEFT::equals).isPresent() && !stopped.isComplete()
                    ? tryAgain().compose(tried -> wait(now -> whole(shard, before, now, settling)))
                    : Future.succeededFuture(trouble));
  }

  private static Arrival judge(
      long shard, Whole before, List<CopyState> now, int[] left, Settling settling) {
    boolean unassigned = Holes.ofShard(shard, now).stream().anyMatch(CopySteps::isUnassigned);
    left[0] = unassigned ? left[0] + 1 : 0;
    return left[0] < UNASSIGNED ? whole(shard, before, now, settling) : Arrival.never(LEFT);
  }

  /** Another copy may still miss something: its turn comes. */
  private static Arrival whole(long shard, Whole before, List<CopyState> now, Settling settling) {
    Whole there = Whole.of(shard, now);
    return there.started() < before.started()
        ? Arrival.NOT_YET
        : settling.judge(there.complete() <= before.complete());
  }

  static boolean isUnassigned(CopyState copy) {
    return copy.node().isEmpty();
  }

  /** Has CrateDB try again, where it gave up after five attempts: after a flush, which helps. */
  Future<Boolean> tryAgain() {
    return tools
        .cluster()
        .execute(Sql.unassigned(table.table()))
        .compose(
            rows ->
                rows.stream().noneMatch(CopySteps::isGivenUp)
                    ? Future.succeededFuture(false)
                    : send(Remedy.REBUILD, Sql.flush(table.table()))
                        .compose(flushed -> send(Remedy.REBUILD, Sql.retryFailed()))
                        .map(Optional::isEmpty))
        .otherwise(false);
  }

  private static boolean isGivenUp(Row row) {
    return String.valueOf(row.value("decisions")).contains("maximum number of retries");
  }

  Future<Optional<String>> wait(Function<List<CopyState>, Arrival> judge) {
    return tools
        .longest()
        .map(
            longest ->
                new CopyWait(this::copies, tools.timers(), longest, judge)
                    .await(stopped)
                    .map(Arrival::trouble))
        // Nothing was sent, and nothing is to be waited for.
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /** Sends it; why it was refused, or nothing. A lost answer is no refusal. */
  Future<Optional<String>> send(Remedy remedy, Statement statement) {
    tools.listener().treating(table, remedy);
    return tools
        .cluster()
        .execute(statement)
        .map(answer -> Optional.<String>empty())
        .otherwise(
            failure ->
                failure instanceof ClusterFailure known && known.kind().leavesOutcomeOpen()
                    ? Optional.empty()
                    : Optional.of(ClusterFailure.sentence(failure)));
  }
}
