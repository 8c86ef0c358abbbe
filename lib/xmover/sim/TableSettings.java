package xmover.sim;

import org.jspecify.annotations.Nullable;
import xmover.sim.sql.Errors;

/** The settings of a table or of one partition that the simulated cluster knows. */
record TableSettings(
    String replicas,
    long flushThreshold,
    boolean readOnly,
    boolean metadataBlocked,
    String waitForActiveShards,
    String allocationEnable) {

  /** The same with one setting changed; what CrateDB refuses is refused with its words. */
  TableSettings with(String key, @Nullable Object value) throws SqlError {
    String text = String.valueOf(value);
    return switch (key) {
      case "number_of_replicas" -> withReplicas(text);
      case "translog.flush_threshold_size" ->
          new TableSettings(
              replicas,
              size(key, text),
              readOnly,
              metadataBlocked,
              waitForActiveShards,
              allocationEnable);
      case "blocks.read_only" ->
          new TableSettings(
              replicas,
              flushThreshold,
              flag(text),
              metadataBlocked,
              waitForActiveShards,
              allocationEnable);
      case "blocks.metadata" ->
          new TableSettings(
              replicas,
              flushThreshold,
              readOnly,
              flag(text),
              waitForActiveShards,
              allocationEnable);
      case "write.wait_for_active_shards" ->
          new TableSettings(
              replicas, flushThreshold, readOnly, metadataBlocked, text, allocationEnable);
      case "routing.allocation.enable" ->
          new TableSettings(
              replicas, flushThreshold, readOnly, metadataBlocked, waitForActiveShards, text);
      default ->
          throw Errors.invalid(
              "Invalid property \"" + key + "\" passed to [ALTER | CREATE] TABLE statement");
    };
  }

  private TableSettings withReplicas(String text) throws SqlError {
    ReplicaRange.check(text);
    return new TableSettings(
        text, flushThreshold, readOnly, metadataBlocked, waitForActiveShards, allocationEnable);
  }

  private static long size(String key, String text) throws SqlError {
    try {
      return ByteSize.of(text);
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("Failed to parse value [" + text + "] for setting [index." + key + "]");
    }
  }

  private static boolean flag(String text) throws SqlError {
    if (!text.equals("true") && !text.equals("false")) {
      throw Errors.invalid("Cannot cast `'" + text + "'` of type `text` to type `boolean`");
    }
    return text.equals("true");
  }

  /** A number of copies that writes wait for must exist; of a range CrateDB counts the least. */
  void checkActiveShards() throws SqlError {
    int copies = 1 + ReplicaRange.least(replicas);
    boolean number = waitForActiveShards.chars().allMatch(Character::isDigit);
    if (number && Integer.parseInt(waitForActiveShards) > copies) {
      throw Errors.invalid(
          "invalid index.write.wait_for_active_shards["
              + waitForActiveShards
              + "]: cannot be greater than number of shard copies ["
              + copies
              + "]");
    }
  }
}
