package xmover;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import xmover.cli.Operator;

/**
 * How tests start another JVM: the same Java with the same class path. What is short-lived compiles
 * quickly, and finds its classes in an archive that the first of a run makes.
 */
public final class ChildJvm {
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private ChildJvm() {}

  /** The words that start a main class for some seconds. */
  public static List<String> shortLived(Class<?> main, List<String> options, String... arguments) {
    var all = new ArrayList<>(SHORT_LIVED);
    all.addAll(Archive.OPTIONS);
    all.addAll(options);
    return command(main, all, arguments);
  }

  private static List<String> command(Class<?> main, List<String> options, String... arguments) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Made when the first process needs it, and gone with this JVM. */
  private static final class Archive {
    private static final String[] ANALYSIS = {"problematic-translogs", "--connect", "sim:drill"};
    // Of classes in a folder there is none: all are loaded as ever.
    private static final List<String> OPTIONS =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .anyMatch(entry -> Files.isDirectory(Path.of(entry)))
            ? List.of()
            : made();

    private static List<String> made() {
      try {
        Path folder = Files.createTempDirectory("archive");
        Path archive = folder.resolve("classes.jsa");
        folder.toFile().deleteOnExit();
        archive.toFile().deleteOnExit();
        if (Runtime.version().feature() < 19) {
          dump(folder, archive);
        } else {
          train(folder, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"));
        }
        return Files.exists(archive)
            ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off")
            : List.of();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return List.of();
      }
    }

    /** Debian's Java 17 crashes when lambdas are archived (JDK-8274944), so those are left out. */
    private static void dump(Path folder, Path archive) throws IOException, InterruptedException {
      Path classes = folder.resolve("classes");
      classes.toFile().deleteOnExit();
      train(folder, List.of("-XX:DumpLoadedClassList=" + classes));
      try (Stream<String> lines = Files.lines(classes)) {
        Files.write(classes, lines.filter(line -> !line.startsWith("@")).toList());
      }
      run(
          folder,
          List.of(
              "-Xshare:dump",
              "-XX:SharedClassListFile=" + classes,
              "-XX:SharedArchiveFile=" + archive,
              "-Xlog:disable"));
    }

    private static void train(Path folder, List<String> more)
        throws IOException, InterruptedException {
      run(folder, more, ANALYSIS);
    }

    private static void run(Path folder, List<String> more, String... arguments)
        throws IOException, InterruptedException {
      var options = new ArrayList<>(SHORT_LIVED);
      options.addAll(more);
      List<String> words = command(Operator.class, options, arguments);
      String[] rest = words.subList(1, words.size()).toArray(String[]::new);
      Command.of(Path.of(words.get(0)), rest).in(folder).with("HOME", folder).run();
    }
  }
}
