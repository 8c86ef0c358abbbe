package xmover.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import xmover.reset.FewerCopies;
import xmover.reset.TableResult;
import xmover.table.Bytes;

/** What the line about one table's result tells a program. */
final class ResultFields {
  private ResultFields() {}

  static void of(ObjectNode json, TableResult result) {
    json.put("result", RunSummary.result(result))
        .put("bytes_before", result.finding().largestTranslog().value());
    result
        .job()
        .ifPresent(
            job ->
                json.put("at_zero_ms", job.times().atRisk().toMillis())
                    .put("wait_ms", job.times().waited().toMillis())
                    .put("original_replicas", String.valueOf(job.original())));
    result.took().ifPresent(time -> json.put("elapsed_ms", time.toMillis()));
    fewer(json, result.fewer());
    result.treatment().ifPresent(tried -> json.put("treatment", tried.remedy().word()));
    result
        .cure()
        .ifPresent(
            cure ->
                json.put("cure", TableWords.word(cure))
                    .put("cure_reason", cure.reason())
                    .put("recovery_ms", cure.took().toMillis())
                    .put("bytes_after", cure.worstReplica().map(Bytes::value).orElse(null)));
    result
        .after()
        .ifPresent(
            after ->
                json.put("replicas_after", after.replicas())
                    .put(
                        "bytes_after",
                        after.largestReplicaTranslog().map(Bytes::value).orElse(null)));
    Advice.needed(result).ifPresent(advice -> json.put("advice", advice));
  }

  static void fewerUnknown(ObjectNode json) {
    json.putNull("fewer_copies_ms")
        .putNull("fewer_copies_at_least_ms")
        .putNull("fewer_copies_bytes");
  }

  /** The time with one copy fewer: null where its end was not seen, with what it was at least. */
  static void fewer(ObjectNode json, FewerCopies fewer) {
    long time = fewer.time().toMillis();
    json.put("fewer_copies_ms", fewer.ended() ? time : null)
        .put("fewer_copies_at_least_ms", time)
        .put("fewer_copies_bytes", fewer.bytes().value());
  }
}
