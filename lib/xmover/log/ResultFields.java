package xmover.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.json.Json;
import xmover.print.Advice;
import xmover.print.RunSummary;
import xmover.reset.Cure;
import xmover.reset.FewerCopies;
import xmover.reset.TableResult;
import xmover.table.Bytes;

/** What the line about one table's result tells a program. */
public record ResultFields(
    String result,
    Bytes bytesBefore,
    Optional<Duration> atZero,
    @JsonProperty("wait_ms") Optional<Duration> waited,
    Optional<String> originalReplicas,
    Optional<Duration> elapsed,
    @JsonUnwrapped Fewer fewer,
    Optional<String> treatment,
    Optional<String> cure,
    Optional<String> cureReason,
    Optional<Duration> recovery,
    @JsonUnwrapped @Nullable BytesAfter after,
    Optional<String> replicasAfter,
    Optional<String> advice) {
  /** The time with one copy fewer: null where its end was not seen, with what it was at least. */
  public record Fewer(
      @Nullable Duration fewerCopies,
      @Nullable Duration fewerCopiesAtLeast,
      @Nullable Bytes fewerCopiesBytes) {
    public static final Fewer UNKNOWN = new Fewer(null, null, null);

    public Fewer(FewerCopies fewer) {
      this(fewer.ended() ? fewer.time() : null, fewer.time(), fewer.bytes());
    }
  }

  /** What a last look showed: null where no replica reported any. */
  public record BytesAfter(@Nullable Bytes bytesAfter) {
    public BytesAfter(Optional<Bytes> seen) {
      this(seen.orElse(null));
    }
  }

  public static void of(ObjectNode json, TableResult result) {
    Optional<Cure> cure = result.cure();
    json.setAll(
        Json.of(
            new ResultFields(
                RunSummary.result(result),
                result.finding().largestTranslog(),
                result.job().map(job -> job.times().atRisk()),
                result.job().map(job -> job.times().waited()),
                result.job().map(job -> String.valueOf(job.original())),
                result.took(),
                new Fewer(result.fewer()),
                result.treatment().map(tried -> tried.remedy().word()),
                cure.map(TableWords::word),
                cure.map(Cure::reason),
                cure.map(Cure::took),
                result
                    .after()
                    .map(seen -> new BytesAfter(seen.largestReplicaTranslog()))
                    .or(() -> cure.map(seen -> new BytesAfter(seen.worstReplica())))
                    .orElse(null),
                result.after().map(TableResult.After::replicas),
                Advice.needed(result))));
  }
}
