package xmover.handbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import xmover.Repository;

/**
 * A fenced block of a page.
 *
 * @param page where it stands, as in {@code docs/exit-codes.md}
 * @param language what the fence says: {@code sh} is typed, {@code text} is what comes back
 */
record Block(String page, String language, String text) {
  private static final String FENCE = "```";

  boolean isTyped() {
    return language.equals("sh");
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** Those of one page, in order. */
  static List<Block> of(String page) {
    List<Block> blocks = new ArrayList<>();
    List<String> open = null;
    String language = "";
    for (String line : read(page).lines().toList()) {
      if (open != null && line.strip().equals(FENCE)) {
        blocks.add(new Block(page, language, String.join("\n", open)));
        open = null;
      } else if (open != null) {
        open.add(line);
      } else if (line.startsWith(FENCE)) {
        language = line.substring(FENCE.length()).strip();
        open = new ArrayList<>();
      }
    }
    return blocks;
  }

  /** The pages of the handbook. */
  static List<String> pages() throws IOException {
    Path root = Repository.root();
    try (Stream<Path> pages = Files.list(root.resolve("docs"))) {
      Stream<String> ofFolder =
          pages
              .filter(page -> page.toString().endsWith(".md"))
              .map(root::relativize)
              .map(Path::toString);
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "config/kubernetes/README.md"), ofFolder)
          .sorted()
          .toList();
    }
  }

  static String read(String page) {
    try {
      return Files.readString(Repository.root().resolve(page));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
