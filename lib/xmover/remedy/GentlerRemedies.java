package xmover.remedy;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.environment.Timers;
import xmover.recovery.CopiesReader;
import xmover.reset.Cure;
import xmover.reset.GentlerRemedy;
import xmover.reset.Recovery;
import xmover.reset.Remedy;
import xmover.reset.RemedyResult;
import xmover.reset.RunListener;
import xmover.table.Bytes;
import xmover.table.Finding;

/**
 * Heals tables without a reset where that is possible. A table that is healed when its turn comes
 * is left as it is.
 */
public final class GentlerRemedies implements GentlerRemedy {
  private final RemedyPolicy policy;
  private final Bytes healed;
  private final RemedyContext context;

  /**
   * @param targets finds the nodes that copies are moved to
   * @param longest how long one copy is waited for; empty where nothing is sent
   * @param proof looks whether a table is healed
   * @param healed a replica is healed when its uncommitted translog is no larger
   */
  public GentlerRemedies(
      RemedyPolicy policy,
      Cluster cluster,
      Timers timers,
      RunListener listener,
      MoveTargets targets,
      Optional<Duration> longest,
      Recovery proof,
      Bytes healed) {
    this.policy = policy;
    this.healed = healed;
    this.context =
        new RemedyContext(cluster, timers, listener, targets, new RecoverySlots(), longest, proof);
  }

  @Override
  public Future<Optional<RemedyResult>> apply(Finding table, Permit permit, Future<Void> stopped) {
    if (table.isEarly()) {
      return policy
          .early()
          .map(gentle -> copyByCopy(table, gentle, permit, stopped))
          .orElse(Future.succeededFuture(Optional.empty()));
    }
    return policy.isResetAlone()
        ? Future.succeededFuture(Optional.empty())
        : seenHealed(table, stopped)
            .otherwise(Optional.empty())
            .compose(
                done ->
                    done.isPresent()
                        ? Future.succeededFuture(done)
                        : copyByCopy(table, policy, permit, stopped));
  }

  private Future<Optional<RemedyResult>> copyByCopy(
      Finding table, RemedyPolicy allowed, Permit permit, Future<Void> stopped) {
    return new CopyByCopy(table, allowed, permit, context, stopped)
        .run()
        .otherwise(GentlerRemedies::unread)
        .map(Optional::of);
  }

  /** What a proof found wrong, as replicas with other documents, no look at sizes sees. */
  @Override
  public Future<Optional<RemedyResult>> healedMeanwhile(
      Finding table, Optional<RemedyResult> tried, Future<Void> stopped) {
    return tried.filter(RemedyResult::applied).isPresent()
        ? context.proof().await(table, stopped).compose(this::provenHealed)
        : seenHealed(table, stopped);
  }

  private Future<Optional<RemedyResult>> provenHealed(Cure cure) {
    return cure.isUnproven()
        ? Future.failedFuture(cure.reason())
        : Future.succeededFuture(
            Optional.of(cure).filter(Cure::isCured).map(seen -> notNeeded(seen, seen.reason())));
  }

  /**
   * What was detected may be long ago, and a copy that CrateDB moved was built anew. With a node
   * that hangs the look takes long, and a stop waits for nobody.
   */
  private Future<Optional<RemedyResult>> seenHealed(Finding table, Future<Void> stopped) {
    Future<Optional<RemedyResult>> look =
        new CopiesReader(context.cluster(), table)
            .worstIfHealed(healed)
            .map(worst -> worst.map(this::notNeeded));
    return Future.any(look.transform(seen -> Future.succeededFuture()), stopped)
        .compose(
            first ->
                look.isComplete() ? look : Future.succeededFuture(Optional.<RemedyResult>empty()));
  }

  private RemedyResult notNeeded(Bytes worst) {
    return notNeeded(
        Cure.cured(worst),
        "no replica holds more than %s any more, the worst %s".formatted(healed, worst));
  }

  private static RemedyResult notNeeded(Cure cure, String told) {
    return new RemedyResult(Remedy.NONE, false, cure, told, false);
  }

  /** No reset follows: what could not be read may need none. */
  private static RemedyResult unread(Throwable failure) {
    String reason = "could not be read: " + ClusterFailure.sentence(failure);
    return new RemedyResult(Remedy.MOVE, false, Cure.unproven(reason), reason, false);
  }
}
