package packaging;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;

/**
 * Where an installed command has its files, of one user alone.
 *
 * @param data what the XDG specification calls the data of the user
 * @param bin where the command itself lies
 */
record InstallFolders(Path data, Path bin) {
  InstallFolders {
    for (Path folder : new Path[] {data, bin}) {
      if (!folder.isAbsolute() || folder.toString().lines().count() != 1) {
        throw new InvalidSettings("can't install into '" + folder + "': name another folder");
      }
    }
  }

  /**
   * Of this user.
   *
   * @param bin null for the usual one
   */
  static InstallFolders of(Environment environment, @Nullable Path bin) {
    // What a shell calls ~.
    Path set = Path.of(environment.variable("HOME"));
    Path local = (set.isAbsolute() ? set : environment.home()).resolve(".local");
    Path data = Path.of(environment.variable("XDG_DATA_HOME"));
    return new InstallFolders(
        // The XDG specification says to ignore a relative path.
        (data.isAbsolute() ? data : local.resolve("share")).normalize(),
        (bin == null ? local.resolve("bin") : bin.toAbsolutePath()).normalize());
  }

  /** What is XMover's alone. */
  Path own() {
    return data.resolve("xmover");
  }

  Path launcher() {
    return bin.resolve("xmover");
  }

  /** Where bash-completion looks. */
  Path bash() {
    return data.resolve("bash-completion").resolve("completions").resolve("xmover");
  }

  /** For zsh's {@code fpath}. */
  Path functions() {
    return data.resolve("zsh").resolve("site-functions");
  }

  Path zsh() {
    return functions().resolve("_xmover");
  }

  Path manual() {
    return data.resolve("man");
  }

  Path page(String name) {
    return manual().resolve("man1").resolve(name + ".1");
  }
}
