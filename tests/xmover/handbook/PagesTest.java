package xmover.handbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.Repository;
import xmover.cli.Operator;

/**
 * What the handbook says can be typed is accepted, its links lead somewhere, its prose is short.
 */
class PagesTest {
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern OPTION = Pattern.compile("--[a-zA-Z-]+");

  private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|enum|interface) (\\w+)");

  private static final Set<String> OF_LIBRARIES = Set.of("ObjectMapper");

  /** Options of JBang, of the installer and of the publisher, whose tests type them. */
  private static final Set<String> OF_OTHERS = Set.of("--fresh", "--bin", "--uninstall");

  static Stream<String> pages() throws IOException {
    return Block.pages().stream().filter(page -> !page.startsWith("config/"));
  }

  static Stream<String> forOperators() throws IOException {
    return pages().filter(page -> !page.equals("CONTRIBUTING.md"));
  }

  @ParameterizedTest
  @MethodSource("forOperators")
  void a_command_in_the_text_is_one_that_is_accepted(String page) {
    for (String span : spans(page)) {
      String typed = span.replaceFirst("^XMOVER_TOKEN_FILE=token ", "");
      List<String> words = words(typed.replaceFirst(" > .*", ""));
      if (!words.get(0).equals("xmover") || words.contains("WORD")) {
        continue;
      }
      if (words.size() == 2) {
        assertTrue(Operator.commands().containsKey(words.get(1)), typed);
      } else {
        Operator.parses(words.subList(1, words.size()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forOperators")
  void an_option_in_the_text_is_one_that_some_command_knows(String page) {
    Set<String> known = new HashSet<>(OF_OTHERS);
    Operator.commands().values().forEach(known::addAll);
    List<String> unknown = new ArrayList<>();
    for (String span : spans(page)) {
      Matcher option = OPTION.matcher(span);
      if (option.lookingAt() && !known.contains(option.group())) {
        unknown.add(span);
      }
    }
    assertEquals(List.of(), unknown);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void a_link_leads_to_a_file_and_to_a_heading_in_it(String page) {
    Path folder = Repository.root().resolve(page).getParent();
    Matcher link = LINK.matcher(Block.read(page));
    while (link.find()) {
      if (!link.group(1).startsWith("http")) {
        String[] parts = link.group(1).split("#", 2);
        Path file = parts[0].isEmpty() ? Repository.root().resolve(page) : folder.resolve(parts[0]);
        assertTrue(Files.exists(file), () -> page + ": " + link.group(1));
        if (parts.length == 2) {
          String there = Repository.root().relativize(file.normalize()).toString();
          assertTrue(headings(there).contains(parts[1]), () -> page + ": " + link.group(1));
        }
      }
    }
  }

  @Test
  void a_type_that_contributing_names_exists() throws IOException {
    Set<String> types = types();
    List<String> unknown =
        spans("CONTRIBUTING.md").stream()
            .filter(span -> span.matches("[A-Z][a-z]+([A-Z][a-z]+)+"))
            .filter(span -> !types.contains(span) && !OF_LIBRARIES.contains(span))
            .toList();
    assertEquals(List.of(), unknown);
  }

  private static Set<String> types() throws IOException {
    Set<String> types = new HashSet<>();
    for (String folder : List.of("lib", "tests", "scripts")) {
      try (Stream<Path> files = Files.walk(Repository.root().resolve(folder))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          TYPE.matcher(Files.readString(file)).results().forEach(each -> types.add(each.group(1)));
        }
      }
    }
    return types;
  }

  @ParameterizedTest
  @MethodSource("forOperators")
  void no_sentence_has_more_than_25_words(String page) {
    List<String> longOnes =
        prose(page).stream().filter(each -> each.split(" ").length > 25).toList();
    assertEquals(List.of(), longOnes);
  }

  /** What stands between blocks, tables and headings, in sentences. */
  private static List<String> prose(String page) {
    String text = Block.read(page).replaceAll("(?s)```.*?```", "\n\n");
    List<String> sentences = new ArrayList<>();
    for (String paragraph : text.split("\n\\s*\n|\n(?=- )", -1)) {
      if (!paragraph.strip().matches("(?s)[|#<].*")) {
        String plain = paragraph.replaceAll("\\]\\([^)]*\\)", "").replaceAll("[*\\[]", "");
        sentences.addAll(List.of(plain.strip().replaceAll("\\s+", " ").split("(?<=[.?])\\s")));
      }
    }
    return sentences;
  }

  private static List<String> headings(String page) {
    return Block.read(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }

  private static List<String> spans(String page) {
    Matcher span = SPAN.matcher(Block.read(page).replaceAll("(?s)```.*?```", ""));
    return span.results().map(each -> each.group(1)).toList();
  }

  private static List<String> words(String command) {
    return WORD.matcher(command)
        .results()
        .map(each -> each.group(1) == null ? each.group(2) : each.group(1))
        .toList();
  }
}
