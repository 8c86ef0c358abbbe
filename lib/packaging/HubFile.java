package packaging;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a hub or script tells JBang: the values of its directives, such as {@code //DEPS}, in the
 * order they stand.
 */
record HubFile(String text) {
  /** The values behind a directive, one a line. */
  List<String> values(String directive) {
    String start = directive + " ";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  /** The same where a line has several, separated by blanks. */
  List<String> words(String directive) {
    return values(directive).stream().flatMap(line -> Arrays.stream(line.split(" +", -1))).toList();
  }

  /** The lines that follow a directive of another file, such as all {@code //JAVA}. */
  Stream<String> lines(String directive) {
    return values(directive).stream().map(value -> directive + " " + value);
  }
}
