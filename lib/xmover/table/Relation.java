package xmover.table;

import java.util.Optional;

/**
 * What CrateDB's catalogue says of a table or partition: its own settings, not its parent's.
 *
 * @param replicas empty when the catalogue gives no setting we know; such a table is never touched
 * @param flushThreshold {@code translog.flush_threshold_size}; empty when unknown
 * @param readOnly {@code blocks.read_only} or {@code blocks.read_only_allow_delete}
 * @param metadataBlocked {@code blocks.metadata}
 * @param waitForActiveShards {@code write.wait_for_active_shards}: a number or {@code all}
 * @param alterable whether the user may, as far as the catalogue tells, ALTER it
 * @param createdVersion the CrateDB that created it; empty when unknown
 */
public record Relation(
    TableRef table,
    Optional<ReplicaSetting> replicas,
    Optional<Bytes> flushThreshold,
    boolean closed,
    boolean readOnly,
    boolean metadataBlocked,
    String waitForActiveShards,
    boolean alterable,
    Optional<String> createdVersion) {
  /** The same under another name. */
  Relation called(TableRef name) {
    return new Relation(
        name,
        replicas,
        flushThreshold,
        closed,
        readOnly,
        metadataBlocked,
        waitForActiveShards,
        alterable,
        createdVersion);
  }
}
