package xmover.detect;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import xmover.table.KnownBug;

/**
 * A bug of CrateDB that lets replicas keep their translog, from its release notes and source.
 *
 * @param trigger what must be in a table to meet it
 * @param oldTablesOnly whether only tables from before 5.5.0 meet it
 */
record UpstreamBug(String trigger, boolean oldTablesOnly, List<Window> windows) {
  /**
   * "Fixed a translog recovery issue, happening when a NULL value was stored in an OBJECT with
   * policy IGNORED on tables created before version 5.5.0" (notes of 5.10.15, 6.0.4, 6.1.1). It
   * came with a change in 5.10.13, 6.0.3 and 6.1.0.
   */
  private static final UpstreamBug NULL_IN_IGNORED_OBJECT =
      new UpstreamBug(
          "a NULL stored in an OBJECT with policy IGNORED, in a table created before CrateDB 5.5.0",
          true,
          List.of(
              new Window("5.10.13", "5.10.15"),
              new Window("6.0.3", "6.0.4"),
              new Window("6.1.0", "6.1.1")));

  /**
   * "Fixed a replication issue happening when an integral value, not fitting to INT or LONG types,
   * was stored in an OBJECT with policy IGNORED" (notes of 5.10.14, 6.0.4; 6.1.0 never had it).
   * Such a value can be stored since 5.9.0.
   */
  private static final UpstreamBug BIG_INTEGER_IN_IGNORED_OBJECT =
      new UpstreamBug(
          "an integer beyond BIGINT stored in an OBJECT with policy IGNORED",
          false,
          List.of(new Window("5.9.0", "5.10.14"), new Window("6.0.0", "6.0.4")));

  /**
   * The one whose notes name this symptom comes first; where both apply, its fix has the other's.
   */
  private static final List<UpstreamBug> ALL =
      List.of(NULL_IN_IGNORED_OBJECT, BIG_INTEGER_IN_IGNORED_OBJECT);

  private static final CrateVersion OLD_TABLES = new CrateVersion(5, 5, 0);

  /** The versions that have it. */
  private record Window(CrateVersion first, CrateVersion fixed) {
    Window(String first, String fixed) {
      this(CrateVersion.of(first), CrateVersion.of(fixed));
    }

    boolean contains(CrateVersion version) {
      return version.compareTo(first) >= 0 && version.compareTo(fixed) < 0;
    }
  }

  /**
   * The bug a table may have met, empty when the versions that run have none.
   *
   * @param versions every version that runs in the cluster
   * @param created the version that created the table; unknown is not taken for old
   */
  static Optional<KnownBug> of(List<String> versions, CrateVersion created) {
    boolean old = !created.equals(CrateVersion.UNKNOWN) && created.compareTo(OLD_TABLES) < 0;
    List<CrateVersion> running = versions.stream().map(CrateVersion::of).toList();
    for (UpstreamBug bug : ALL) {
      Optional<CrateVersion> fixed = bug.fixedIn(running).filter(v -> old || !bug.oldTablesOnly);
      if (fixed.isPresent()) {
        return fixed.map(version -> new KnownBug(version.toString(), bug.trigger));
      }
    }
    return Optional.empty();
  }

  /** Of a cluster that is being upgraded, the later one. */
  private Optional<CrateVersion> fixedIn(List<CrateVersion> running) {
    return windows.stream()
        .filter(window -> running.stream().anyMatch(window::contains))
        .map(Window::fixed)
        .max(Comparator.naturalOrder());
  }
}
