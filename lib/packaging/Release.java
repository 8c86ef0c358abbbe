package packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one version of the application: jars, the options of the JVM and what the launcher
 * reads. Once there it stays as it is, as a run may still load classes from it; beside it grow the
 * archives that {@code train.sh} makes.
 */
record Release(Path folder) {
  /** How the names of folders begin that are not whole yet. */
  static final String UNFINISHED = "unfinished-";

  /** Puts it there whole, or not at all; one that is there already stays. */
  void write(Application application) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = Objects.requireNonNull(folder.getParent());
    Path half = Files.createTempDirectory(parent, UNFINISHED);
    try {
      Files.createDirectory(half.resolve("lib"));
      for (Map.Entry<String, Path> jar : application.jars().entrySet()) {
        NewerClasses.copy(jar.getValue(), half.resolve(jar.getKey()));
      }
      for (String script : new String[] {"java.sh", "launch.sh", "train.sh"}) {
        Files.writeString(half.resolve(script), Resource.text(script));
      }
      Files.writeString(half.resolve("java.options"), options(application));
      Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      remove(half);
    }
  }

  /** A file of arguments as {@code java} reads it. */
  private String options(Application application) {
    String classPath =
        application.jars().keySet().stream()
            .map(jar -> folder.resolve(jar).toString())
            .collect(Collectors.joining(File.pathSeparator));
    return String.join("\n", Resource.runtimeOptions())
        + "\n"
        // The JVM's own warnings would go to stdout, which is for data.
        + "-Xlog:disable\n"
        + "-cp \""
        + classPath.replace("\\", "\\\\").replace("\"", "\\\"")
        + "\"\n";
  }

  /** Whether an archive for one Java or another was made of it. */
  boolean isTrained() throws IOException {
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.anyMatch(file -> file.toString().matches(".*\\.(aot|jsa)"));
    }
  }

  /** Removes a folder of ours with all in it; a link is removed, not what it leads to. */
  static void remove(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(folder);
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
