package xmover.safety;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.detect.CopyState;
import xmover.table.Checkpoints;

/**
 * Whether the replicas of a table have as many documents as their primaries. Only a difference at
 * rest tells anything: {@code num_docs} is of a copy's last refresh, and a copy that nobody
 * searches is not refreshed, while one that was just built is. So a difference counts when no write
 * came from one look to the next, and when it is still there after a flush, which refreshes.
 */
final class DocumentCounts {
  /** Looks at a difference, until writes that don't pause are told. */
  private static final int PATIENCE = 8;

  /** Looks in a row at a difference at rest and after a refresh, until it is believed. */
  private static final int BELIEVED = 2;

  private static final int NAMED = 3;

  private List<CopyState> before = List.of();
  private boolean refreshed;
  private int believed;
  private int looks;

  /** What is to happen next. */
  enum Next {
    /** Nothing: there is no difference that proves anything. */
    DONE,
    /** Another look. */
    LOOK,
    /** A refresh, then another look. */
    REFRESH,
    /** Nothing: replicas differ from their primaries. */
    DIFFERENT
  }

  /**
   * What a look says.
   *
   * @param told the difference, or why nothing was compared; empty where there is nothing to tell
   */
  record Answer(Next next, String told) {}

  /** Judges a further look; the copies are all there. */
  Answer judge(List<CopyState> now) {
    List<CopyState> different = different(now);
    List<CopyState> last = before;
    before = now;
    if (different.isEmpty()) {
      return new Answer(Next.DONE, untold(now));
    }
    looks++;
    if (!different.stream().allMatch(copy -> rested(copy.id(), last, now))) {
      // What is written from now on needs a refresh of its own.
      refreshed = false;
      believed = 0;
      return looks < PATIENCE ? new Answer(Next.LOOK, "") : notCompared("writes are under way");
    }
    if (!refreshed) {
      refreshed = true;
      return looks < PATIENCE ? new Answer(Next.REFRESH, "") : notCompared("writes are under way");
    }
    believed++;
    return believed < BELIEVED
        ? new Answer(Next.LOOK, "")
        : new Answer(Next.DIFFERENT, named(different, now));
  }

  /** Nobody can look any longer, or refresh. */
  static Answer notCompared(String why) {
    return new Answer(Next.DONE, "num_docs not compared: " + why);
  }

  private static List<CopyState> different(List<CopyState> copies) {
    return copies.stream()
        .filter(copy -> !copy.primary() && copy.isWhole() && copy.documents().isPresent())
        .filter(
            copy ->
                primary(copy.id(), copies)
                    .flatMap(CopyState::documents)
                    .filter(count -> !count.equals(copy.documents().get()))
                    .isPresent())
        .toList();
  }

  private static String untold(List<CopyState> copies) {
    long silent =
        copies.stream().filter(copy -> copy.isWhole() && copy.documents().isEmpty()).count();
    return silent == 0 ? "" : notCompared(silent + " copies do not tell it").told();
  }

  /** Whether nothing was written to a shard from one look to the next. */
  private static boolean rested(long shard, List<CopyState> before, List<CopyState> now) {
    Optional<Checkpoints> then = primary(shard, before).flatMap(CopyState::checkpoints);
    return then.isPresent()
        && Stream.of(before, now)
            .flatMap(List::stream)
            .filter(copy -> copy.id() == shard && copy.isWhole())
            .allMatch(copy -> copy.checkpoints().filter(c -> isAll(c, then.get())).isPresent());
  }

  private static boolean isAll(Checkpoints copy, Checkpoints primary) {
    return copy.maxSeqNo() == primary.maxSeqNo()
        && copy.local() == copy.maxSeqNo()
        && copy.global() == copy.maxSeqNo();
  }

  private static Optional<CopyState> primary(long shard, List<CopyState> copies) {
    return copies.stream()
        .filter(copy -> copy.id() == shard && copy.primary() && copy.isWhole())
        .findFirst();
  }

  private static String named(List<CopyState> different, List<CopyState> copies) {
    String names =
        different.stream()
            .limit(NAMED)
            .map(copy -> named(copy, primary(copy.id(), copies).orElseThrow()))
            .collect(Collectors.joining("; "));
    return different.size() <= NAMED
        ? names
        : names + " and %d more".formatted(different.size() - NAMED);
  }

  private static String named(CopyState copy, CopyState primary) {
    return "%s has %d documents, its primary on %s has %d"
        .formatted(
            copy.place(),
            copy.documents().orElseThrow(),
            primary.node().orElse("?"),
            primary.documents().orElseThrow());
  }
}
