package cratesim.model;

/** A CrateDB version, as far as behaviour hangs on it. */
public record SimVersion(int major, int minor, int patch) implements Comparable<SimVersion> {
  /** Reads {@code 6.3.7}; anything else is refused. */
  public static SimVersion of(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a CrateDB version: '" + text + "'");
    }
    return new SimVersion(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /** True for a version that is as new but for the last number. */
  public boolean isAsNewAs(SimVersion other) {
    return atLeast(other.major, other.minor);
  }

  public boolean atLeast(int otherMajor, int otherMinor) {
    return compareTo(new SimVersion(otherMajor, otherMinor, 0)) >= 0;
  }

  @Override
  public int compareTo(SimVersion other) {
    int order = Integer.compare(major, other.major);
    order = order != 0 ? order : Integer.compare(minor, other.minor);
    return order != 0 ? order : Integer.compare(patch, other.patch);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
