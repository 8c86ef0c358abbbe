package xmover.recovery;

import java.util.List;
import java.util.Optional;
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
    Optional<String> unrest =
        different.stream().flatMap(copy -> unrest(copy.id(), last, now).stream()).findFirst();
    if (unrest.isPresent()) {
      // What is written from now on needs a refresh of its own.
      refreshed = false;
      believed = 0;
      return looks < PATIENCE ? new Answer(Next.LOOK, "") : notCompared(unrest.get());
    }
    if (!refreshed) {
      refreshed = true;
      return looks < PATIENCE
          ? new Answer(Next.REFRESH, "")
          : notCompared("writes did not pause for long enough");
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

  /** Why a difference tells nothing yet; empty when nothing was written between the looks. */
  private static Optional<String> unrest(long shard, List<CopyState> before, List<CopyState> now) {
    List<CopyState> seen =
        Stream.of(before, now)
            .flatMap(List::stream)
            .filter(copy -> copy.id() == shard && copy.isWhole())
            .toList();
    if (seen.stream().anyMatch(copy -> copy.checkpoints().isEmpty())) {
      return Optional.of("the sequence numbers of a copy are not told");
    }
    Optional<Checkpoints> then = primary(shard, before).flatMap(CopyState::checkpoints);
    if (then.isPresent() && seen.stream().allMatch(copy -> isAll(copy, then.get()))) {
      return Optional.empty();
    }
    return Optional.of(
        then.equals(primary(shard, now).flatMap(CopyState::checkpoints))
            ? "a copy has not every operation of its primary"
            : "writes are under way");
  }

  private static boolean isAll(CopyState one, Checkpoints primary) {
    Checkpoints copy = one.checkpoints().orElseThrow();
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
    return TableCopies.first(
        different.stream()
            .map(copy -> named(copy, primary(copy.id(), copies).orElseThrow()))
            .toList(),
        "; ");
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
