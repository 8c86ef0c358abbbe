package xmover.handbook;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a command said what a page shows. The page may leave out lines and, with "…", parts of a
 * line; times, sizes, counts and ids are another machine's.
 */
final class Told {
  private Told() {}

  /** The first line of the page that did not come after those before it; null where all came. */
  static String firstMissing(List<String> shown, List<String> said) {
    int at = 0;
    for (String line : shown) {
      if (line.isBlank() || line.strip().equals("…")) {
        continue;
      }
      Pattern wanted = pattern(line);
      while (at < said.size() && !wanted.matcher(plain(said.get(at))).matches()) {
        at++;
      }
      if (at++ == said.size()) {
        return line;
      }
    }
    return null;
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(Pattern.quote(plain(line)).replace("…", "\\E.*\\Q"));
  }

  private static String plain(String line) {
    if (line.matches("\\d+")) {
      return line; // An exit code is told as it is.
    }
    return line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
        .replaceAll("\\S+@\\S+", "WHO")
        .replaceAll("\\d[\\d.]*(?: ?[kKMGT]?B|h\\d+m|m\\d+s|h|m|s)?\\b", "#")
        .replaceAll("-{2,}", "--")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
