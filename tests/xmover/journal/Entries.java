package xmover.journal;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.reset.machine.RunIdentity;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** What the tests write into journals, and how they wait for it. */
public final class Entries {
  public static final RunIdentity RUN =
      new RunIdentity("4f1c", "operator", "laptop", Instant.parse("2024-01-15T10:30:16Z"));
  public static final TableRef EVENTS = TableRef.of("doc", "events");
  public static final TableRef METRICS = TableRef.of("doc", "metrics");

  private static final Instant NOW = Instant.parse("2024-01-15T10:30:17.123456789Z");

  private Entries() {}

  public static JournalEntry entry(TableRef table, ResetState state) {
    return entry(table, state, null);
  }

  public static JournalEntry entry(TableRef table, ResetState state, RestoreOutcome restore) {
    return new JournalEntry(
        RUN, table, new ReplicaSetting("0-1"), 6, state, Optional.ofNullable(restore), NOW);
  }

  public static JournalEntry begun(TableRef table) {
    return entry(table, ResetState.SETTING_REPLICAS_ZERO);
  }

  public static JournalEntry completed(TableRef table) {
    return entry(table, ResetState.COMPLETED, RestoreOutcome.DONE);
  }

  /** A partition with a value of every type, and a name that needs quotes. */
  public static TableRef partition() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("region", null);
    values.put("month", 1704067200000L);
    values.put("o['it''s']", 17);
    values.put("active", true);
    values.put("share", 0.1);
    values.put("name", "it's \"ü\"\n{1}");
    return TableRef.of("curvo", "bottle\"Field").partition(new PartitionValues("04732d1g", values));
  }

  public static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** The sentence it fails with. */
  public static String failure(Future<?> future) {
    try {
      Object value = await(future);
      throw new AssertionError("did not fail but answered " + value);
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof JournalFailure failure) {
        return failure.getMessage();
      }
      throw failed;
    }
  }
}
