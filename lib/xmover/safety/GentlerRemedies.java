package xmover.safety;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Sql;
import xmover.cluster.Statement;
import xmover.detect.CopyState;
import xmover.detect.Detection;
import xmover.reset.Cure;
import xmover.reset.GentlerRemedy;
import xmover.reset.RecoveryCheck;
import xmover.reset.Remedy;
import xmover.reset.ResetListener;
import xmover.reset.Treatment;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.ShardCopy;

/**
 * Applies a flush or rebuilds one copy where that fits, and looks whether it healed the table. A
 * table that is healed when its turn comes is left as it is.
 */
public final class GentlerRemedies implements GentlerRemedy {
  private final RemedyChoice choice;
  private final Cluster cluster;
  private final ResetListener listener;
  private final RecoveryCheck flushed;
  private final RecoveryCheck rebuilt;
  private final Bytes healed;

  /**
   * @param flushed looks whether a flush helped
   * @param rebuilt looks whether a copy that was dropped is back and healed
   * @param healed a replica is healed when its uncommitted translog is no larger
   */
  public GentlerRemedies(
      RemedyChoice choice,
      Cluster cluster,
      ResetListener listener,
      RecoveryCheck flushed,
      RecoveryCheck rebuilt,
      Bytes healed) {
    this.choice = choice;
    this.cluster = cluster;
    this.listener = listener;
    this.flushed = flushed;
    this.rebuilt = rebuilt;
    this.healed = healed;
  }

  @Override
  public Future<Optional<Treatment>> apply(Finding table, Future<Void> stopped) {
    Future<Optional<Treatment>> healed = healedMeanwhile(table);
    // With a node that hangs the look takes long, and a stop waits for nobody.
    return Future.any(healed, stopped)
        .map(first -> healed.isComplete() ? healed.result() : Optional.<Treatment>empty())
        .compose(
            treated ->
                treated.isPresent() ? Future.succeededFuture(treated) : choose(table, stopped));
  }

  /**
   * What was detected may be long ago, and a copy that CrateDB moved was built anew. What can't be
   * read is treated as it was detected.
   */
  private Future<Optional<Treatment>> healedMeanwhile(Finding table) {
    return table.shards().isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : new CopiesWatch(cluster, table)
            .look()
            .map(seen -> seen.filter(look -> look.isHealed(healed)).map(this::notNeeded))
            .otherwise(Optional.empty());
  }

  private Treatment notNeeded(CopiesLook look) {
    Bytes worst = look.worstReplica().orElse(Bytes.ZERO);
    return new Treatment(
        Remedy.NONE,
        false,
        Cure.cured(worst),
        "no replica holds more than %s any more, the worst %s".formatted(healed, worst),
        false);
  }

  private Future<Optional<Treatment>> choose(Finding table, Future<Void> stopped) {
    RemedyChoice.Decision decision = choice.decide(table);
    Remedy remedy = decision.remedy();
    if (remedy == Remedy.RESET) {
      return Future.succeededFuture(Optional.empty());
    }
    return decision
        .unfit()
        .map(reason -> Future.succeededFuture(unfit(remedy, reason)))
        .orElseGet(() -> apply(remedy, table, stopped))
        // A bug: nobody asked for a reset who chose another remedy.
        .otherwise(failure -> unfit(remedy, ClusterFailure.sentence(failure)));
  }

  private Future<Optional<Treatment>> apply(Remedy remedy, Finding table, Future<Void> stopped) {
    return remedy == Remedy.FLUSH
        ? treat(remedy, table, Sql.flush(table.table()), flushed, stopped)
        : rebuild(table, table.shards().get(0), stopped);
  }

  /** What was detected may be long ago: a copy is dropped only while two others are there. */
  private Future<Optional<Treatment>> rebuild(Finding table, ShardCopy bad, Future<Void> stopped) {
    return new Detection(cluster)
        .copies(List.of(table.table()))
        .map(copies -> changed(bad, copies))
        .otherwise(failure -> Optional.of(ClusterFailure.sentence(failure)))
        .compose(
            change ->
                change
                    .map(reason -> Future.succeededFuture(unfit(Remedy.CANCEL, reason)))
                    .orElseGet(
                        () ->
                            treat(
                                Remedy.CANCEL,
                                table,
                                Sql.cancelReplica(table.table(), bad.id(), bad.node()),
                                rebuilt,
                                stopped)));
  }

  private static Optional<String> changed(ShardCopy bad, List<CopyState> copies) {
    List<CopyState> started =
        copies.stream().filter(c -> c.id() == bad.id() && c.state().equals("STARTED")).toList();
    Optional<CopyState> there =
        started.stream().filter(c -> c.node().equals(Optional.of(bad.node()))).findFirst();
    String name = "shard %d on %s".formatted(bad.id(), bad.node());
    if (there.isEmpty() || there.get().primary()) {
      return Optional.of(name + " is no STARTED replica any more");
    }
    boolean primary = started.stream().anyMatch(CopyState::primary);
    return started.size() >= 3 && primary
        ? Optional.empty()
        : Optional.of(
            "without %s only %d copies of the shard would be STARTED"
                .formatted(name, started.size() - 1));
  }

  private Future<Optional<Treatment>> treat(
      Remedy remedy,
      Finding table,
      Statement statement,
      RecoveryCheck check,
      Future<Void> stopped) {
    listener.treating(table, remedy);
    return cluster
        .execute(statement)
        .transform(
            answer ->
                answer.failed() && !leavesOutcomeOpen(answer.cause())
                    ? Future.succeededFuture(refused(answer.cause()))
                    : check.await(table, stopped))
        .map(cure -> Optional.of(treated(remedy, cure)));
  }

  private static boolean leavesOutcomeOpen(Throwable failure) {
    return failure instanceof ClusterFailure known && known.kind().leavesOutcomeOpen();
  }

  private static Cure refused(Throwable failure) {
    return Cure.notCured(ClusterFailure.sentence(failure), Optional.empty());
  }

  private Treatment treated(Remedy remedy, Cure cure) {
    String done =
        remedy == Remedy.FLUSH
            ? "flushed, no copy dropped"
            : "one copy dropped and built anew, two others stayed";
    String told =
        switch (cure.state()) {
          case CURED -> done;
          case NOT_CURED -> done + ", and not healed: " + cure.reason();
          case NOT_AWAITED -> isAuto() ? done + "; a reset follows where that does not help" : done;
        };
    return new Treatment(remedy, true, cure, told, cure.isNotCured() && isAuto());
  }

  /** Not applied: with auto a reset follows, else the table stays as it is. */
  private Optional<Treatment> unfit(Remedy remedy, String reason) {
    String told = isAuto() ? reason : reason + " (--remedy auto picks what fits)";
    return Optional.of(
        new Treatment(remedy, false, Cure.notCured(reason, Optional.empty()), told, isAuto()));
  }

  private boolean isAuto() {
    return choice == RemedyChoice.AUTO;
  }
}
