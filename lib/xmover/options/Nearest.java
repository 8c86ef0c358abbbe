package xmover.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The words that somebody may have meant. */
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /** Those that differ in few letters, or begin or end the same, the nearest first. */
  public static List<String> to(String typed, Collection<String> words) {
    String low = typed.toLowerCase(Locale.ROOT);
    return words.stream()
        .filter(word -> isNear(low, word.toLowerCase(Locale.ROOT)))
        .sorted(
            Comparator.comparingInt((String word) -> distance(low, word.toLowerCase(Locale.ROOT))))
        .limit(MOST)
        .toList();
  }

  private static boolean isNear(String typed, String word) {
    boolean part = typed.length() > 3 && (word.contains(typed) || typed.contains(word));
    return part || distance(typed, word) <= Math.max(1, word.length() / 3);
  }

  /** How many letters have to be changed, added or taken away. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
