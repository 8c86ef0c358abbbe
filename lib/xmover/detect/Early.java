package xmover.detect;

import java.util.List;
import java.util.Optional;
import xmover.table.Finding;
import xmover.table.ShardCopy;

/**
 * Replicas that miss an operation while their translog is below the thresholds. A hole never closes
 * by itself, and a small copy is moved in no time.
 *
 * @param tables each with such copies of it; {@link Finding#isEarly} where nothing else is to be
 *     done for it
 * @param unread STARTED replicas that do not report their sequence numbers, so that nobody knows
 * @param failure why the copies could not be looked at twice, so that nobody knows of any
 */
public record Early(List<Finding> tables, List<ShardCopy> unread, Optional<String> failure) {
  /** Nothing to tell. */
  public static final Early NONE = new Early(List.of(), List.of(), Optional.empty());

  public Early {
    tables = List.copyOf(tables);
    unread = List.copyOf(unread);
  }

  /** The second look failed. */
  static Early unknown(String failure) {
    return new Early(List.of(), List.of(), Optional.of(failure));
  }

  /** All such copies, in the order of their tables. */
  public List<ShardCopy> copies() {
    return tables.stream().flatMap(table -> table.shards().stream()).toList();
  }

  /** The tables that a run may heal besides those that qualify. */
  public List<Finding> toHeal() {
    return tables.stream().filter(Finding::isEarly).toList();
  }

  /** What could not be seen, in a sentence; empty when all was. */
  public Optional<String> note() {
    if (failure.isPresent()) {
      return Optional.of(
          "Whether replicas miss an operation while their translog is small is unknown: "
              + failure.get());
    }
    return unread.stream()
        .findFirst()
        .map(
            first ->
                "%d STARTED replicas do not report their sequence numbers, so whether they miss an operation is unknown, such as shard %d of %s on %s"
                    .formatted(unread.size(), first.id(), first.table(), first.node()));
  }
}
