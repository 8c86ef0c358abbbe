package xmover.detect;

import java.util.List;
import java.util.Optional;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;

/** Why a table can't be reset, whatever its translogs. */
final class Prohibition {
  private static final CrateVersion OLD_DATA = new CrateVersion(5, 5, 0);

  private Prohibition() {}

  /**
   * The reason, empty when nothing forbids it.
   *
   * @param versions every version that runs in the cluster
   */
  static Optional<String> of(Relation relation, List<String> versions) {
    if (relation.replicas().isEmpty()) {
      return Optional.of("its number_of_replicas is unknown");
    }
    if (relation.replicas().filter(ReplicaSetting::isZero).isPresent()) {
      return Optional.of("number_of_replicas is already 0: no replica to reset");
    }
    if (relation.closed()) {
      return Optional.of(
          "closed; reopen it first: ALTER TABLE " + relation.table().sqlName() + " OPEN");
    }
    if (relation.readOnly()) {
      return Optional.of("read-only (blocks.read_only or read_only_allow_delete is set)");
    }
    if (relation.metadataBlocked()) {
      return Optional.of("its settings can't be changed (blocks.metadata is set)");
    }
    if (waitsForReplicas(relation)) {
      return Optional.of(
          "write.wait_for_active_shards = "
              + relation.waitForActiveShards()
              + " forbids 0 replicas; set it to 1 first");
    }
    if (!relation.alterable()) {
      return Optional.of("not enough privilege: the user needs DDL on it");
    }
    return oldDataAtRisk(relation, versions);
  }

  /**
   * On some versions an ALTER TABLE … SET makes all data of a table from before 5.5.0 read NULL,
   * for good (CrateDB's release notes of 6.3.2).
   */
  private static Optional<String> oldDataAtRisk(Relation relation, List<String> versions) {
    boolean old =
        relation
                .createdVersion()
                .map(CrateVersion::of)
                .orElse(CrateVersion.UNKNOWN)
                .compareTo(OLD_DATA)
            < 0;
    return versions.stream()
        .map(CrateVersion::of)
        .filter(version -> old && version.losesOldDataOnAlter())
        .findFirst()
        .map(
            version ->
                "an ALTER would destroy its data: created by CrateDB %s, and %s has that bug; upgrade first"
                    .formatted(relation.createdVersion().orElse("of unknown version"), version));
  }

  /** CrateDB refuses 0 replicas when writes wait for a second copy; {@code all} adapts. */
  private static boolean waitsForReplicas(Relation relation) {
    String copies = relation.waitForActiveShards();
    return copies.chars().allMatch(Character::isDigit)
        && !copies.isEmpty()
        && Integer.parseInt(copies) >= 2;
  }
}
