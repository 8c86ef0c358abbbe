package packaging;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A script that has the toolkit from a Maven repository: a copy of it runs anywhere. */
final class PublishedScript {
  private static final String SOURCES = "//SOURCES ";

  private PublishedScript() {}

  /**
   * The script with the jar of that version in place of the sources.
   *
   * @param url of the published folder
   */
  static String of(String script, HubFile hub, String url, String version) {
    List<String> instead =
        Stream.of(
                hub.lines("//JAVA"),
                Stream.of(
                    "//REPOS central,xmover=%s/%s".formatted(url, MavenFolder.FOLDER),
                    "//DEPS " + MavenFolder.coordinates(version)),
                hub.lines("//COMPILE_OPTIONS"),
                hub.lines("//RUNTIME_OPTIONS"))
            .flatMap(lines -> lines)
            .toList();
    String first = script.lines().filter(line -> line.startsWith(SOURCES)).findFirst().orElse("");
    return script
        .lines()
        .flatMap(
            line ->
                line.equals(first)
                    ? instead.stream()
                    : line.startsWith(SOURCES) ? Stream.empty() : Stream.of(line))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
