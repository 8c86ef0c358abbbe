package xmover.remedy;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import xmover.cluster.ClusterFailure;
import xmover.detect.CopyState;
import xmover.reset.GentlerRemedy.Permit;
import xmover.reset.Remedy;
import xmover.table.GivenUp;

/**
 * Has the copies of a table built that CrateDB gave up on, whoever left them so: a flush, and
 * CrateDB is told to try again. It takes no copy away, so a copy that is missing does not hold it
 * back.
 */
final class GivenUpCopies {
  private final CopySteps steps;
  private final Permit permit;
  private final Consumer<String> done;
  private final Consumer<String> undone;
  private final Consumer<String> unread;

  /**
   * @param done is told which shard is whole again
   * @param undone is told why one is not
   * @param unread is told why nobody knows whether one is
   */
  GivenUpCopies(
      CopySteps steps,
      Permit permit,
      Consumer<String> done,
      Consumer<String> undone,
      Consumer<String> unread) {
    this.steps = steps;
    this.permit = permit;
    this.done = done;
    this.undone = undone;
    this.unread = unread;
  }

  /**
   * Never fails.
   *
   * @return the copies of the table after that
   */
  Future<List<CopyState>> mended(List<CopyState> copies) {
    return copies.stream().noneMatch(CopyState::isUnassigned)
        ? Future.succeededFuture(copies)
        : steps
            .givenUp()
            .compose(
                given ->
                    given.isEmpty()
                        ? Future.succeededFuture(copies)
                        : whenPermitted(given, copies).transform(tried -> steps.copies()))
            .recover(
                failure -> {
                  unread.accept(ClusterFailure.sentence(failure));
                  return Future.succeededFuture(copies);
                });
  }

  private Future<Void> whenPermitted(List<GivenUp> given, List<CopyState> copies) {
    return permit
        .ask(Remedy.FLUSH)
        .compose(refusal -> refusal.isPresent() ? refused(refusal.get()) : tryAgain(given, copies))
        .onFailure(failure -> undone.accept(ClusterFailure.sentence(failure)));
  }

  private Future<Void> refused(String why) {
    undone.accept("CrateDB gave a copy up, and it may not be told to try again: " + why);
    return Future.succeededFuture();
  }

  private Future<Void> tryAgain(List<GivenUp> given, List<CopyState> copies) {
    Map<Long, Long> perShard =
        given.stream()
            .collect(Collectors.groupingBy(GivenUp::shard, TreeMap::new, Collectors.counting()));
    return steps
        .tryAgain()
        .compose(
            sent ->
                steps.each(
                    perShard.entrySet().iterator(),
                    shard -> mended(shard.getKey(), shard.getValue(), copies)))
        .mapEmpty();
  }

  private Future<Optional<String>> mended(long shard, long givenUp, List<CopyState> copies) {
    var before = ShardCopies.serving(shard, copies).assigned(givenUp);
    return steps
        .awaitMended(shard, before)
        .onSuccess(trouble -> tell(shard, trouble))
        .onFailure(failure -> unread.accept(told(shard, ClusterFailure.sentence(failure))));
  }

  private void tell(long shard, Optional<String> trouble) {
    trouble.ifPresentOrElse(
        why -> undone.accept(told(shard, why)),
        () -> done.accept("shard %d assigned again".formatted(shard)));
  }

  private static String told(long shard, String why) {
    return "shard %d: %s".formatted(shard, why);
  }
}
