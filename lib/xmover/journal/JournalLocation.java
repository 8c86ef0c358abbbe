package xmover.journal;

import java.nio.file.Path;
import java.util.regex.Pattern;
import xmover.environment.Environment;

/** Where the journal of a cluster and the lock of its runs are, unless somebody says otherwise. */
public record JournalLocation(Path journal, Path lock) {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]");
  private static final int LONGEST_NAME = 100;

  /** Both are in the {@link #folder}. */
  public static JournalLocation of(Environment environment, String clusterId) {
    Path folder = folder(environment);
    String name = fileName(clusterId);
    return new JournalLocation(folder.resolve(name + ".jsonl"), folder.resolve(name + ".lock"));
  }

  /** The lock beside a journal in that folder. */
  public static Path lockOf(Path journal) {
    return journal.resolveSibling(
        journal.getFileName().toString().replaceFirst("\\.jsonl$", ".lock"));
  }

  /** {@code $XDG_STATE_HOME/xmover}, or {@code ~/.local/state/xmover} without it. */
  public static Path folder(Environment environment) {
    Path home = environment.home();
    Path state = home.getFileSystem().getPath(environment.variable("XDG_STATE_HOME"));
    // The XDG specification says to ignore a relative path.
    return (state.isAbsolute() ? state : home.resolve(".local").resolve("state")).resolve("xmover");
  }

  /** The ids CrateDB makes stay as they are; others keep apart although characters are replaced. */
  private static String fileName(String clusterId) {
    String safe = UNSAFE.matcher(clusterId).replaceAll("_");
    if (safe.equals(clusterId) && !safe.isEmpty() && safe.length() <= LONGEST_NAME) {
      return safe;
    }
    return safe.substring(0, Math.min(safe.length(), LONGEST_NAME))
        + "."
        + Integer.toHexString(clusterId.hashCode());
  }
}
