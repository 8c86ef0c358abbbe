package xmover.detect;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xmover.table.KnownBug;

/**
 * A bug of CrateDB that lets replicas keep their translog, from its release notes and source.
 *
 * @param trigger what must be in a table to meet it
 * @param oldTablesOnly whether only tables from before 5.5.0 meet it
 */
record UpstreamBug(String trigger, boolean oldTablesOnly, List<Window> windows) {
  /** What makes a hole on every version tried, 5.10.11 to 6.4.3; no fix is known. */
  static final KnownBug LONG_TEXT =
      new KnownBug(
          Optional.empty(),
          "a text of more than 32,766 bytes for an indexed column: it is refused, and the replicas"
              + " miss its operation",
          "keep such texts out in the client, or make the column INDEX OFF STORAGE WITH"
              + " (columnstore = false)");

  /**
   * Made a hole on 5.10.11 and 6.0.0, none on 5.10.12 and 6.0.1; the release notes don't say so.
   * Earlier versions were not tried.
   */
  private static final UpstreamBug BULK_DELETE =
      new UpstreamBug(
          "a bulk DELETE by primary key of rows of one shard, some found and some missing",
          false,
          List.of(new Window("5.10.11", "5.10.12"), new Window("6.0.0", "6.0.1")));

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
   * Such a value can be stored since 5.9.0. Tried on 6.0.0 it made no hole.
   */
  private static final UpstreamBug BIG_INTEGER_IN_IGNORED_OBJECT =
      new UpstreamBug(
          "an integer beyond BIGINT stored in an OBJECT with policy IGNORED: when tried it made no"
              + " hole, but operations that no replica can replay, so that a copy built from them"
              + " stays UNASSIGNED",
          false,
          List.of(new Window("5.9.0", "5.10.14"), new Window("6.0.0", "6.0.4")));

  /** The likeliest first: what was seen to make a hole, then whose notes name this symptom. */
  private static final List<UpstreamBug> ALL =
      List.of(BULK_DELETE, NULL_IN_IGNORED_OBJECT, BIG_INTEGER_IN_IGNORED_OBJECT);

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
   * The bugs a table may have met, the likeliest first; the last has no version that fixes it.
   *
   * @param versions every version that runs in the cluster
   * @param created the version that created the table; unknown is not taken for old
   */
  static List<KnownBug> of(List<String> versions, CrateVersion created) {
    boolean old = !created.equals(CrateVersion.UNKNOWN) && created.compareTo(OLD_TABLES) < 0;
    List<CrateVersion> running = versions.stream().map(CrateVersion::of).toList();
    Stream<KnownBug> fixed =
        ALL.stream()
            .filter(bug -> old || !bug.oldTablesOnly)
            .flatMap(
                bug ->
                    bug.fixedIn(running).stream()
                        .map(version -> new KnownBug(version.toString(), bug.trigger)));
    return Stream.concat(fixed, Stream.of(LONG_TEXT)).toList();
  }

  /** Of a cluster that is being upgraded, the later one. */
  private Optional<CrateVersion> fixedIn(List<CrateVersion> running) {
    return windows.stream()
        .filter(window -> running.stream().anyMatch(window::contains))
        .map(Window::fixed)
        .max(Comparator.naturalOrder());
  }
}
