package xmover.handbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import xmover.ChildJvm;
import xmover.Repository;
import xmover.cli.Operator;

/** What is around a block: commands of the classes under test, and a home of its own. */
final class Shell {
  private Shell() {}

  /**
   * The variables of a terminal in which {@code xmover} and {@code ./jbang xmover} are found, each
   * command a process of its own.
   */
  static Map<String, String> environment(Path folder) throws IOException {
    String run = "exec " + quoted(ChildJvm.shortLived(Operator.class, List.of()));
    return environment(folder, run + " \"$@\"");
  }

  /** The same with all commands in this JVM. */
  static Map<String, String> environment(Path folder, SharedJvm jvm) throws IOException {
    return environment(folder, jvm.script());
  }

  private static Map<String, String> environment(Path folder, String run) throws IOException {
    Path bin = folder.resolve("bin");
    script(bin.resolve("xmover"), run);
    script(
        folder.resolve("jbang"),
        """
        case $1 in
          xmover) shift ;;
          demo) shift; set -- heal --connect sim:demo --concurrent 2 "$@" ;;
        esac
        """
            + run);
    return Map.of(
        "PATH",
        bin + ":" + System.getenv("PATH"),
        "HOME",
        folder.toString(),
        "XDG_STATE_HOME",
        folder.resolve("state").toString(),
        "NO_COLOR",
        "1");
  }

  /**
   * A program that does nothing but look whether the files it is given are in the repository; asked
   * for JSON, it answers a job.
   */
  static void pretend(String program, Path folder) throws IOException {
    script(
        folder.resolve("bin").resolve(program),
        """
        for word; do
          case $word in
            config/*) [ -e "%s/$word" ] || { echo "no $word"; exit 1; } ;;
            -) cat >/dev/null ;;
            json) echo '{"spec": {"template": {"spec": {"containers": [{"args": ["heal"]}]}}}}' ;;
          esac
        done
        """
            .formatted(Repository.root()));
  }

  private static void script(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/usr/bin/env bash\n" + text + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }
}
