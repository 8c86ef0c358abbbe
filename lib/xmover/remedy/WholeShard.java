package xmover.remedy;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.detect.CopyState;
import xmover.detect.Holes;
import xmover.remedy.CopyWait.Arrival;

/** Whether a shard got a copy back that was to be built anew; another may still miss something. */
final class WholeShard {
  /** Looks in a row that see a copy without a node, until it is asked why. */
  private static final int ASKED = 4;

  private final long shard;
  private final ShardCopies before;
  private final CopySteps steps;
  private final InstantSource clock;
  private final Settling settling = new Settling();
  private int withoutNode;
  private Optional<String> unread = Optional.empty();
  private boolean triedAgain;
  private Optional<Instant> back = Optional.empty();

  /**
   * @param triedAgain whether CrateDB was told to try again already
   */
  WholeShard(
      long shard, ShardCopies before, boolean triedAgain, CopySteps steps, InstantSource clock) {
    this.clock = clock;
    this.shard = shard;
    this.before = before;
    this.triedAgain = triedAgain;
    this.steps = steps;
  }

  Future<Arrival> judge(List<CopyState> now) {
    ShardCopies there = ShardCopies.of(shard, now);
    if (there.areThere(before)) {
      back = back.or(() -> Optional.of(clock.instant()));
      return Future.succeededFuture(
          settling.judge(there.complete() > before.complete() ? List.of() : behind(now)));
    }
    back = Optional.empty();
    boolean left = Holes.ofShard(shard, now).stream().anyMatch(CopyState::isUnassigned);
    withoutNode = left ? withoutNode + 1 : 0;
    unread = left ? unread : Optional.empty();
    return withoutNode == 0 || withoutNode % ASKED > 0 || steps.isStopped()
        ? Future.succeededFuture(unread.map(Arrival::unseen).orElse(Arrival.NOT_YET))
        : whyLeft();
  }

  private List<CopyState> behind(List<CopyState> now) {
    return Holes.ofShard(shard, now).stream()
        .filter(copy -> copy.isAtRest() && !copy.isComplete())
        .toList();
  }

  private Future<Arrival> whyLeft() {
    return steps
        .givenUp()
        .map(all -> all.stream().filter(copy -> copy.shard() == shard).findFirst())
        .onSuccess(read -> unread = Optional.empty())
        .onFailure(failure -> unread = Optional.of(ClusterFailure.sentence(failure)))
        .compose(
            given ->
                given.isEmpty()
                    ? Future.succeededFuture(Arrival.NOT_YET)
                    : triedAgain
                        ? Future.succeededFuture(Arrival.never("again " + given.get().sentence()))
                        : tryAgain());
  }

  /** When as many copies were STARTED as before, and since then; empty while they are not. */
  Optional<Instant> back() {
    return back;
  }

  private Future<Arrival> tryAgain() {
    return steps
        .tryAgain()
        .map(
            sent -> {
              triedAgain = true;
              return Arrival.NOT_YET;
            })
        .otherwise(refused -> Arrival.never(String.valueOf(refused.getMessage())));
  }
}
