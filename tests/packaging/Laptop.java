package packaging;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import xmover.cli.Operator;
import xmover.environment.TestEnvironment;
import xmover.options.Cli;

/** A home folder into which somebody installs, and an application of two small jars. */
final class Laptop {
  private final Path home;
  private final Path downloads;
  private final List<Path> trained = new ArrayList<>();

  Laptop(Path folder) throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    downloads = Files.createDirectory(folder.resolve("downloads"));
    jar("install.jar", "1");
    jar("library.jar", "of somebody");
  }

  /** What will be installed next. */
  void jar(String name, String content) throws IOException {
    Path text = Files.writeString(downloads.resolve("content"), content);
    Files.deleteIfExists(downloads.resolve(name));
    try (var jar = FileSystems.newFileSystem(downloads.resolve(name), Map.of("create", "true"))) {
      Files.copy(text, jar.getPath("content"));
    }
  }

  String classPath() {
    return downloads.resolve("install.jar") + File.pathSeparator + downloads.resolve("library.jar");
  }

  Operator.Outcome installs(String... arguments) {
    return installs(Map.of(), arguments);
  }

  Operator.Outcome installs(Map<String, String> variables, String... arguments) {
    return installs(classPath(), variables, arguments);
  }

  Operator.Outcome installs(String classPath, Map<String, String> variables, String... arguments) {
    TestEnvironment around = new TestEnvironment(home).with(variables);
    var command =
        new InstallCommand(Operator.xmover(), classPath, (release, any) -> trained.add(release));
    int exitCode = Cli.run(around.environment(), command, arguments);
    return new Operator.Outcome(exitCode, around.out(), around.err());
  }

  /** Versions whose archives were to be made. */
  List<Path> trained() {
    return trained;
  }

  Path home() {
    return home;
  }

  Path file(String name) {
    return home.resolve(name);
  }

  String text(String name) throws IOException {
    return Files.readString(file(name));
  }

  /** Versions that are there. */
  List<Path> releases() throws IOException {
    return in(file(".local/share/xmover")).filter(Files::isDirectory).toList();
  }

  /** All files at home, by their names from there; folders end with a slash. */
  List<String> all() {
    return in(home)
        .flatMap(Laptop::below)
        .map(each -> home.relativize(each) + (Files.isDirectory(each) ? "/" : ""))
        .sorted()
        .toList();
  }

  private static Stream<Path> below(Path folder) {
    return Files.isDirectory(folder)
        ? Stream.concat(Stream.of(folder), in(folder).flatMap(Laptop::below))
        : Stream.of(folder);
  }

  private static Stream<Path> in(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList().stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
