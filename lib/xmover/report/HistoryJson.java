package xmover.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.detect.ClusterIdentity;
import xmover.json.AnalysisJson;
import xmover.json.Json;
import xmover.json.UnfinishedJson.RunOf;
import xmover.log.ResultFields;
import xmover.reset.PastReset;
import xmover.reset.PastReset.Figures;
import xmover.reset.Remedy;
import xmover.table.Bytes;
import xmover.table.TableRef;

/** For programs: the resets and gentler remedies that ended; null is what nobody knows. */
public record HistoryJson(
    Optional<ClusterIdentity> cluster, Optional<String> clusterUnread, List<Reset> resets) {
  /** One of them. */
  public record Reset(
      @JsonUnwrapped AnalysisJson.Named named,
      TableRef name,
      @JsonUnwrapped RunOf run,
      Instant started,
      Instant ended,
      Remedy remedy,
      PastReset.Outcome outcome,
      String told,
      @Nullable String reason,
      @Nullable Duration atZero,
      @JsonUnwrapped ResultFields.Fewer fewer,
      @Nullable Bytes bytesBefore,
      @Nullable Bytes bytesAfter) {
    public static Reset of(PastReset reset) {
      Optional<Figures> figures = reset.figures();
      return new Reset(
          new AnalysisJson.Named(reset.table()),
          reset.table(),
          new RunOf(reset.run()),
          reset.run().started(),
          reset.at(),
          reset.remedy(),
          reset.outcome(),
          reset.told(),
          figures.map(Figures::reason).orElse(null),
          figures.flatMap(Figures::atZero).orElse(null),
          figures
              .map(Figures::fewer)
              .map(ResultFields.Fewer::new)
              .orElse(ResultFields.Fewer.UNKNOWN),
          figures.flatMap(Figures::before).orElse(null),
          figures.flatMap(Figures::after).orElse(null));
    }
  }

  /**
   * The whole of it.
   *
   * @param cluster empty where it can't be reached
   * @param unread why not
   * @param history oldest first
   */
  public static ObjectNode of(
      Optional<ClusterIdentity> cluster, Optional<String> unread, List<PastReset> history) {
    return Json.of(new HistoryJson(cluster, unread, history.stream().map(Reset::of).toList()));
  }
}
