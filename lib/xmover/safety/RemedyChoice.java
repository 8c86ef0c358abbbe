package xmover.safety;

import java.util.Optional;
import xmover.reset.Remedy;
import xmover.table.Diagnosis.Kind;
import xmover.table.Finding;
import xmover.table.ShardCopy;

/** What an operator wants done for a table, and what of it fits. */
public enum RemedyChoice {
  /** Always the reset. */
  RESET,
  /** A flush or nothing. */
  FLUSH,
  /** To rebuild the one bad copy, or nothing. */
  CANCEL,
  /** The gentlest that fits; then the reset. */
  AUTO;

  /**
   * What is to be done.
   *
   * @param unfit why this remedy does not help the table; empty when it does
   */
  public record Decision(Remedy remedy, Optional<String> unfit) {}

  /** Decides from what the detection saw. */
  public Decision decide(Finding table) {
    return switch (this) {
      case RESET -> new Decision(Remedy.RESET, Optional.empty());
      case FLUSH -> new Decision(Remedy.FLUSH, flushUnfit(table));
      case CANCEL -> new Decision(Remedy.CANCEL, cancelUnfit(table));
      case AUTO -> {
        if (flushUnfit(table).isEmpty()) {
          yield new Decision(Remedy.FLUSH, Optional.empty());
        }
        yield new Decision(
            cancelUnfit(table).isEmpty() ? Remedy.CANCEL : Remedy.RESET, Optional.empty());
      }
    };
  }

  /** A flush frees nothing while an operation is missing in some copy. */
  private static Optional<String> flushUnfit(Finding table) {
    return undiagnosed(table)
        .or(
            () ->
                table.shards().stream()
                    .filter(copy -> copy.diagnosis().kind() != Kind.FLUSHES_BY_ITSELF)
                    .findFirst()
                    .map(copy -> "a flush does not help: " + told(copy)));
  }

  private static Optional<String> cancelUnfit(Finding table) {
    return undiagnosed(table).or(() -> cancelUnfit(table, table.shards().get(0)));
  }

  private static Optional<String> cancelUnfit(Finding table, ShardCopy copy) {
    if (table.shards().size() > 1) {
      return Optional.of(
          "to rebuild one copy does not help: %d are problematic".formatted(table.shards().size()));
    }
    if (copy.primary() || copy.diagnosis().kind() != Kind.HOLE) {
      return Optional.of("to rebuild the copy does not help: " + told(copy));
    }
    if (table.totals().replicas() < 2 * table.totals().primaries()) {
      return Optional.of("to rebuild its only replica is to be without one meanwhile");
    }
    return Optional.empty();
  }

  private static Optional<String> undiagnosed(Finding table) {
    return table.shards().isEmpty()
        ? Optional.of("no replica of it holds a problematic translog")
        : Optional.empty();
  }

  private static String told(ShardCopy copy) {
    return "shard %d on %s: %s".formatted(copy.id(), copy.node(), copy.diagnosis().text());
  }
}
