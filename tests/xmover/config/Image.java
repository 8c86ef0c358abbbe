package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import xmover.Command;
import xmover.Repository;

/**
 * What the image holds, built without an engine: the scripts of the Dockerfile run on what its
 * {@code COPY} would see, with a JRE made of the JDK of these tests.
 */
final class Image {
  /** Less than the base image has; what runs here, runs there. */
  private static final String MODULES =
      "java.se,jdk.unsupported,jdk.crypto.ec,jdk.management,jdk.net,jdk.zipfs";

  private final Path folder;

  private Image(Path folder) {
    this.folder = folder;
  }

  /** The first stage, in an empty folder. */
  static Image build(Path folder) throws IOException, InterruptedException {
    var image = new Image(folder);
    Path context = folder.resolve("context");
    copyContext(context);
    Path export = context.resolve("config/docker/export.sh");
    succeeds(Command.of(export, image.home().toString()).quickly());
    image.makeJre();
    return image;
  }

  /** The second stage: trains the class-data archive. */
  void train() throws IOException, InterruptedException {
    Path script = Config.FOLDER.resolve("docker/train.sh");
    String path = jre().resolve("bin") + ":/usr/bin:/bin";
    succeeds(Command.of(script, home().toString()).with("PATH", path));
  }

  /** Where the image keeps xmover. */
  Path home() {
    return folder.resolve("opt/xmover");
  }

  /** A runtime with nothing that compiles. */
  Path jre() {
    return folder.resolve("jre");
  }

  /** The words of the Dockerfile that start xmover, for where it lies here. */
  List<String> entrypoint() throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : Dockerfile.read().words("ENTRYPOINT")) {
      words.add(word.replace("/opt/xmover", home().toString()));
    }
    return words;
  }

  /** What makes a JRE all there is on the PATH, and a home that nobody can write to. */
  List<String> environment() {
    return List.of("/usr/bin/env", "-i", "PATH=" + jre().resolve("bin"), "HOME=" + home());
  }

  private void makeJre() throws IOException, InterruptedException {
    Path jdk = Path.of(System.getProperty("java.home"), "bin");
    succeeds(
        Command.of(jdk.resolve("jlink"), "--add-modules", MODULES, "--output", jre().toString()));
    // As the base image has it: an archive of the JDK's own classes.
    succeeds(Command.of(jre().resolve("bin/java"), "-Xshare:dump"));
  }

  /**
   * What {@code .dockerignore} lets through: nothing but what it names, less what it takes back.
   */
  private static void copyContext(Path context) throws IOException {
    Path root = Repository.root();
    List<String> lines = Files.readAllLines(root.resolve(".dockerignore"));
    List<String> back = lines.stream().filter(line -> line.matches("[^#!*].*")).toList();
    for (String line : lines) {
      if (line.startsWith("!")) {
        copy(root, line.substring(1), context, back);
      }
    }
  }

  private static void copy(Path root, String name, Path context, List<String> takenBack)
      throws IOException {
    Files.createDirectories(context);
    try (Stream<Path> files = Files.walk(root.resolve(name))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path inContext = root.relativize(file);
        if (takenBack.stream().noneMatch(inContext::startsWith)) {
          Files.copy(file, context.resolve(inContext), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static void succeeds(Command command) throws IOException, InterruptedException {
    var outcome = command.run();
    assertEquals(0, outcome.exitCode(), () -> outcome.out() + outcome.err());
  }
}
