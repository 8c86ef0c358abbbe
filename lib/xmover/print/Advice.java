package xmover.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.cluster.sql.Sql;
import xmover.reset.Cure;
import xmover.reset.RebalanceHold;
import xmover.reset.TableResult;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.Printable;
import xmover.table.Verdict.Action;

/** What an operator should do about a table whose reset did not complete, with the command. */
public final class Advice {
  /** What to do when a lost ALTER may come back from the dead. */
  public static final String LATE =
      "an ALTER of which nobody has seen an effect, as it may lie in a frozen node, may be applied"
          + " yet: look again later with xmover resume";

  /** What to do when nobody knows for certain that the setting is what it was. */
  private static final String UNREAD =
      "what was read of its setting proves nothing, as CrateDB was silent or refused the ALTER:"
          + " look again later with xmover resume";

  private Advice() {}

  /** All there is to tell about a table; empty when nothing is to be done. */
  public static List<String> all(TableResult result) {
    List<String> advice = new ArrayList<>();
    needed(result).ifPresent(advice::add);
    if (result.job().filter(ResetJob::isLate).isPresent()) {
      advice.add(LATE);
    }
    if (result.job().filter(job -> job.openEnds().unread()).isPresent()) {
      advice.add(UNREAD);
    }
    return advice;
  }

  /** What to do about what became of it; empty when all is well. */
  public static Optional<String> needed(TableResult result) {
    return result.isCompleted() && !result.isNotCured()
        ? Optional.empty()
        : Optional.of(of(result));
  }

  static String of(TableResult result) {
    return result.isNotCured()
        ? notCured(result)
        : result.job().map(job -> of(result, job)).orElseGet(() -> notStarted(result));
  }

  private static String notCured(TableResult result) {
    return "its setting is back, and it is not healed: %s. Watch it: xmover monitor %s --watch"
        .formatted(result.cure().map(Cure::reason).orElse(""), result.finding().table().argument());
  }

  /** What to do about a table whose reset is being abandoned this very moment. */
  public static String leftAtRisk(ResetJob job) {
    return "%s may be AT 0 REPLICAS, they were %s. Run now: xmover restore %s"
        .formatted(
            job.table(),
            job.original() == null ? "unknown" : job.original(),
            job.table().argument());
  }

  /** What to do about rebalancing that is being left off this very moment. */
  public static String leftHeld(RebalanceHold hold) {
    return "rebalancing may be OFF, it was '%s'. Run: xmover resume; or type: %s;"
        .formatted(hold.original(), hold.putBack().text());
  }

  private static String notStarted(TableResult result) {
    if (result.treatment().isPresent()) {
      if (result.cure().filter(Cure::isUnproven).isPresent()) {
        return "%s. See what is there: xmover monitor %s"
            .formatted(result.notStarted(), result.finding().table().argument());
      }
      return result.finding().verdict().action() == Action.RESET
          ? "%s. Reset it: xmover reset %s"
              .formatted(result.notStarted(), result.finding().table().argument())
          : result.notStarted();
    }
    return "not started (%s). Later: xmover reset %s"
        .formatted(result.notStarted(), result.finding().table().argument());
  }

  private static String of(TableResult result, ResetJob job) {
    String cause = job.cause().map(ResetFailure::message).orElse("");
    if (result.isCritical()) {
      return unrestored(job);
    }
    String command = "xmover reset " + job.table().argument();
    return switch (job.cause().map(ResetFailure::cause).orElse(ResetFailure.Cause.STOPPED)) {
      case LEASES_TIMED_OUT ->
          "replicas are back, but %s. See what holds the leases: xmover monitor %s"
              .formatted(cause, job.table().argument());
      case TABLE_GONE -> gone(job);
      case NOT_TOUCHED -> "left as it was: " + cause;
      case CHANGED_BY_OTHERS -> cause + ": ask who, it was left as they set it";
      case ZEROING_FAILED, CLUSTER_FAILED, STOPPED, RESTORE_FAILED ->
          "replicas are as they were (%s). Again: %s".formatted(cause, command);
    };
  }

  /** What to do about a table that may be without its replicas. */
  public static String unrestored(ResetJob job) {
    Optional<OpenEnds.Stray> stray = job.openEnds().stray();
    if (stray.isPresent() && job.restore() != RestoreOutcome.FAILED) {
      return met(stray.get());
    }
    String cause = job.cause().map(ResetFailure::message).orElse("");
    String remedy = job.cause().map(ResetFailure::remedy).orElse("");
    String state =
        job.openEnds()
            .interim()
            .map(interim -> "ITS REPLICAS ARE NOT BACK, AT MOST " + interim + " MEANWHILE")
            .orElse("ITS REPLICAS ARE NOT BACK");
    return "%s (%s). %s"
        .formatted(
            state,
            cause,
            remedy.isEmpty() ? "Run now: " + restoring(job) : "What to do: " + remedy);
  }

  /** What to do about another table that has, or may have, lost its replicas in its place. */
  private static String met(OpenEnds.Stray stray) {
    return stray.uuid().isPresent()
        ? "%s WAS SET TO 0 REPLICAS in its place, as it had its name at that moment. What it had, nobody has read. Set it: ALTER TABLE %s SET (\"number_of_replicas\" = …), then xmover resume; where 0 is right: xmover forget"
            .formatted(stray.named(), stray.named().sqlTarget())
        : "%s MAY HAVE BEEN SET TO 0 REPLICAS in its place, as it had its name at that moment, and can't be read. Once it can: xmover resume"
            .formatted(stray.named());
  }

  /** The statement, unless SQL can't spell the name: its identifiers know no escapes. */
  public static String restoring(ResetJob job) {
    return Printable.isLine(job.named().sqlTarget())
        ? Sql.setReplicas(job.named(), job.originalSetting()).text() + ";"
        : "xmover restore %s --to %s".formatted(job.table().argument(), job.originalSetting());
  }

  private static String gone(ResetJob job) {
    return job.times().zeroSince() == null
        ? "nothing: the table is gone"
        : "nothing: it was dropped, its index is nowhere in the cluster";
  }
}
