package xmover.detect;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xmover.cluster.sql.UuidColumn;

/** A version of CrateDB and what follows from it for the leases. */
public record CrateVersion(int major, int minor, int patch) implements Comparable<CrateVersion> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?!\\d).*");
  private static final Comparator<CrateVersion> ORDER =
      Comparator.comparingInt(CrateVersion::major)
          .thenComparingInt(CrateVersion::minor)
          .thenComparingInt(CrateVersion::patch);

  /** Nothing can be relied upon. */
  public static final CrateVersion UNKNOWN = new CrateVersion(0, 0, 0);

  /** Reads {@code 6.3.7} or {@code 6.4.0-SNAPSHOT}; anything else is unknown. */
  public static CrateVersion of(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? new CrateVersion(number(form, 1), number(form, 2), number(form, 3))
        : UNKNOWN;
  }

  /** The oldest of the versions that run in a cluster: what all its nodes can do. */
  public static CrateVersion oldest(List<String> versions) {
    return versions.stream().map(CrateVersion::of).min(ORDER).orElse(UNKNOWN);
  }

  /** Whether its major and minor version are below another's: patches don't count. */
  public boolean isOlderMinorThan(CrateVersion other) {
    return major < other.major || (major == other.major && minor < other.minor);
  }

  /** Whether OPTIMIZE syncs retention leases as a side effect: since 5.10 (CrateDB's source). */
  public boolean syncsLeasesOnRequest() {
    return compareTo(new CrateVersion(5, 10, 0)) >= 0;
  }

  /** How often leases are synced by themselves: 30 s since 6.0, 5 minutes before (its source). */
  public Duration leaseSyncInterval() {
    return major >= 6 ? Duration.ofSeconds(30) : Duration.ofMinutes(5);
  }

  /** Whether it has {@code sys.cluster_health}: since 6.0. */
  public boolean tellsClusterHealth() {
    return compareTo(new CrateVersion(6, 0, 0)) >= 0;
  }

  /** Which column of {@code sys.shards} tells the index uuid: {@code partition_uuid} since 5.10. */
  public UuidColumn uuidColumn() {
    return syncsLeasesOnRequest() ? UuidColumn.PARTITION_UUID : UuidColumn.PATH;
  }

  /** Whether {@code sys.nodes} tells which nodes hold data: since 6.2. */
  public boolean tellsNodeRoles() {
    return compareTo(new CrateVersion(6, 2, 0)) >= 0;
  }

  /** Whether this version has the bug that an ALTER destroys the data of tables before 5.5.0. */
  public boolean losesOldDataOnAlter() {
    return major == 6
        && ((minor == 0 && patch <= 5)
            || (minor == 1 && patch <= 3)
            || (minor == 2 && patch <= 5)
            || (minor == 3 && patch <= 1));
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }

  @Override
  public int compareTo(CrateVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
