package xmover.journal;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import xmover.reset.PastReset;
import xmover.reset.ResetHistory;

/** Ended resets, oldest first, each once and none for ever. */
public final class History {
  private History() {}

  /** What is kept of those written: the latest word on each, none too old, not too many. */
  public static List<PastReset> of(List<PastReset> written) {
    Map<List<String>, PastReset> latest = new LinkedHashMap<>();
    for (PastReset reset : written) {
      RowKey key = RowKey.of(reset.table());
      latest.put(
          List.of(reset.run().runId(), key.schema(), key.table(), key.partitionIdent()), reset);
    }
    Instant newest =
        latest.values().stream().map(PastReset::at).max(Instant::compareTo).orElse(Instant.EPOCH);
    return latest.values().stream()
        .filter(reset -> reset.at().plus(ResetHistory.KEPT).isAfter(newest))
        .sorted(Comparator.comparing(PastReset::at))
        .skip(Math.max(0, latest.size() - ResetHistory.MOST))
        .toList();
  }
}
