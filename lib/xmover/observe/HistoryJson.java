package xmover.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.detect.ClusterIdentity;
import xmover.reset.PastReset;
import xmover.table.Bytes;

/** For programs: the resets and gentler remedies that ended; null is what nobody knows. */
public final class HistoryJson {
  private HistoryJson() {}

  /**
   * The whole of it.
   *
   * @param cluster empty where it can't be reached
   * @param unread why not
   * @param history oldest first
   */
  public static ObjectNode of(
      Optional<ClusterIdentity> cluster, Optional<String> unread, List<PastReset> history) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    cluster.ifPresent(known -> json.set("cluster", AnalysisJson.cluster(known)));
    unread.ifPresent(reason -> json.put("cluster_unread", reason));
    ArrayNode resets = json.putArray("resets");
    history.forEach(reset -> resets.add(of(reset)));
    return json;
  }

  /** One of them. */
  static ObjectNode of(PastReset reset) {
    ObjectNode json =
        AnalysisJson.named(reset.table())
            .put("name", reset.table().toString())
            .put("run", reset.run().runId())
            .put("user", reset.run().user())
            .put("host", reset.run().host())
            .put("started", JsonLines.timestamp(reset.run().started()))
            .put("ended", JsonLines.timestamp(reset.at()))
            .put("remedy", word(reset.remedy()))
            .put("outcome", word(reset.outcome()))
            .put("told", reset.told());
    Optional<PastReset.Figures> figures = reset.figures();
    json.put("reason", figures.map(PastReset.Figures::reason).orElse(null))
        .put(
            "at_zero_ms",
            figures.flatMap(PastReset.Figures::atZero).map(Duration::toMillis).orElse(null));
    figures.ifPresentOrElse(
        known -> ResultFields.fewer(json, known.fewer()), () -> ResultFields.fewerUnknown(json));
    return json.put("bytes_before", bytes(figures.flatMap(PastReset.Figures::before)))
        .put("bytes_after", bytes(figures.flatMap(PastReset.Figures::after)));
  }

  private static @Nullable Long bytes(Optional<Bytes> bytes) {
    return bytes.map(Bytes::value).orElse(null);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
