package xmover.detect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xmover.cluster.sql.Sql;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;

/**
 * Why a table that qualifies must not or can't be reset as things are. Each rule is stated here
 * alone: the analysis tells it, a gate asks it anew right before the table.
 */
public final class Refusal {
  private static final CrateVersion OLD_DATA = new CrateVersion(5, 5, 0);

  private Refusal() {}

  /** Why a reset of a table makes no sense, whatever its translogs; empty when it may. */
  static Optional<String> whateverItHolds(Relation relation) {
    if (relation.replicas().isEmpty()) {
      return Optional.of("its number_of_replicas is unknown");
    }
    if (relation.replicas().filter(ReplicaSetting::isZero).isPresent()) {
      return Optional.of("number_of_replicas is already 0: no replica to reset");
    }
    return relation.closed()
        ? Optional.of(
            "closed; reopen it first: ALTER TABLE " + relation.table().sqlName() + " OPEN")
        : Optional.empty();
  }

  /** The first reason, empty when there is none. */
  static Optional<String> of(Relation relation, ClusterIdentity cluster) {
    return Stream.of(
            privilege(relation, cluster.user()),
            oldData(relation, cluster.versions()),
            activeShards(relation),
            blocks(relation))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * CrateDB lets nobody alter a table who may not.
   *
   * @param user the one XMover connects as
   */
  public static Optional<String> privilege(Relation relation, String user) {
    return relation.alterable()
        ? Optional.empty()
        : Optional.of("not enough privilege: " + Sql.grantDdl(relation.table(), user));
  }

  /**
   * On some versions an ALTER TABLE … SET makes all data of a table from before 5.5.0 read NULL,
   * for good (CrateDB's release notes of 6.3.2). What is not known counts as the worst.
   *
   * @param versions every version that runs in the cluster; one that can't be read as any text
   */
  public static Optional<String> oldData(Relation relation, List<String> versions) {
    CrateVersion created =
        relation.createdVersion().map(CrateVersion::of).orElse(CrateVersion.UNKNOWN);
    if (created.compareTo(OLD_DATA) >= 0) {
      return Optional.empty();
    }
    String by = relation.createdVersion().orElse("of unknown version");
    if (versions.isEmpty() || CrateVersion.oldest(versions).equals(CrateVersion.UNKNOWN)) {
      return Optional.of(
          "an ALTER may destroy its data: created by CrateDB %s, and not every node tells its version"
              .formatted(by));
    }
    return versions.stream()
        .map(CrateVersion::of)
        .filter(CrateVersion::losesOldDataOnAlter)
        .findFirst()
        .map(
            version ->
                "an ALTER would destroy its data: created by CrateDB %s, and %s has that bug; upgrade first"
                    .formatted(by, version));
  }

  /** CrateDB refuses 0 replicas when writes wait for a second copy; {@code all} adapts. */
  public static Optional<String> activeShards(Relation relation) {
    String copies = relation.waitForActiveShards();
    if (copies.isEmpty()) {
      return Optional.of("write.wait_for_active_shards is unknown");
    }
    boolean waits = copies.matches("\\d{1,9}") && Integer.parseInt(copies) >= 2;
    return waits
        ? Optional.of(
            "write.wait_for_active_shards = " + copies + " forbids 0 replicas; set it to 1 first")
        : Optional.empty();
  }

  /** CrateDB lets nobody change the settings of a table under these blocks. */
  public static Optional<String> blocks(Relation relation) {
    if (relation.readOnly()) {
      return Optional.of("read-only (blocks.read_only or read_only_allow_delete is set)");
    }
    return relation.metadataBlocked()
        ? Optional.of("its settings can't be changed (blocks.metadata is set)")
        : Optional.empty();
  }
}
