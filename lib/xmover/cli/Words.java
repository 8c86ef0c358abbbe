package xmover.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The words of codes, gates, states and events, each with what it means. They are the rows of a
 * page of the documentation, so that neither can say more than the other.
 */
record Words(List<Word> all) {
  /**
   * One of them.
   *
   * @param kind the heading it stands under
   */
  record Word(String kind, String name, String happened, String follows, String help) {
    /** In lines, for people. */
    List<String> lines() {
      return List.of(
          name + " (" + kind + ")",
          "  What happened:  " + happened,
          "  What follows:   " + follows,
          "  What to do:     " + help);
    }
  }

  private static final String PAGE = "/words.md";
  private static final String HEADING = "## ";

  /** Those of the page. */
  static Words ofPage() {
    try (InputStream page = Objects.requireNonNull(Words.class.getResourceAsStream(PAGE), PAGE)) {
      return of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Words of(String page) {
    List<Word> all = new ArrayList<>();
    String kind = "";
    for (String line : page.lines().toList()) {
      if (line.startsWith(HEADING)) {
        kind = line.substring(HEADING.length()).replaceFirst("s$", "").toLowerCase(Locale.ROOT);
      } else if (line.startsWith("| `")) {
        String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
        all.add(new Word(kind, plain(cells[0]), plain(cells[1]), plain(cells[2]), plain(cells[3])));
      }
    }
    return new Words(List.copyOf(all));
  }

  private static String plain(String cell) {
    return cell.replace("`", "");
  }

  /** All that are called so; an event and a state may be. */
  List<Word> named(String typed) {
    String name = typed.strip().replace(' ', '_');
    return all.stream()
        .filter(word -> word.name().equalsIgnoreCase(name) || word.name().equalsIgnoreCase(typed))
        .toList();
  }

  /** The names under each heading, a line each. */
  List<String> overview() {
    return all.stream()
        .map(Word::kind)
        .distinct()
        .map(kind -> "%s: %s".formatted(kind, String.join(", ", namesOf(kind))))
        .toList();
  }

  private List<String> namesOf(String kind) {
    return all.stream().filter(word -> word.kind().equals(kind)).map(Word::name).toList();
  }

  /** All names. */
  List<String> names() {
    return all.stream().map(Word::name).distinct().toList();
  }
}
