package xmover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import xmover.cli.Operator;

/**
 * How tests start another JVM: the same Java with the same class path. What is short-lived compiles
 * quickly, and from Java 19 on finds its classes in an archive that the first of a run makes.
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
    // Debian's Java 17 crashes when it makes one (JDK-8274944).
    private static final List<String> OPTIONS =
        Runtime.version().feature() < 19 ? List.of() : trained();

    private static List<String> trained() {
      try {
        Path folder = Files.createTempDirectory("archive");
        Path archive = folder.resolve("classes.jsa");
        folder.toFile().deleteOnExit();
        archive.toFile().deleteOnExit();
        train(folder, archive);
        // Where there is none, as for classes in a folder, all are loaded as ever.
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

    private static void train(Path folder, Path archive) throws IOException, InterruptedException {
      var options = new ArrayList<>(SHORT_LIVED);
      options.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"));
      String[] analysis = {"problematic-translogs", "--connect", "sim:drill"};
      List<String> words = command(Operator.class, options, analysis);
      String[] rest = words.subList(1, words.size()).toArray(String[]::new);
      Command.of(Path.of(words.get(0)), rest).in(folder).with("HOME", folder).run();
    }
  }
}
