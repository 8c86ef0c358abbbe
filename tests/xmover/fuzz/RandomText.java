package xmover.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts that people, programs and accidents come up with: names, values, words. */
public final class RandomText {
  private static final List<String> TELLING =
      List.of(
          "'",
          "\"",
          "\\",
          "''",
          "\"\"",
          "\\'",
          "\\\"",
          "E'",
          "e'\\'",
          "--",
          "/*",
          "*/",
          ";",
          "$1",
          "$$",
          "?",
          "[",
          "]",
          "{",
          "}",
          "(",
          ")",
          ".",
          ",",
          "=",
          "%",
          "_",
          "%s",
          "%1$s",
          "\0",
          "\n",
          "\r",
          "\t",
          "\u001b[2J",
          "\ud800",
          "\udfff",
          "\ud83d\ude00",
          "\u202e",
          "\ufeff",
          "\u2028",
          "\u00df",
          "\u0130",
          "e\u0301",
          "NULL",
          "null",
          "true",
          "0",
          "-1",
          " ",
          "SET",
          "number_of_replicas",
          "' OR '1'='1",
          "\"; DROP TABLE t; --",
          "\\u0000",
          "\\n",
          "\\x27");

  private RandomText() {}

  /** Up to a thousand characters; most are short, and some are empty. */
  public static String any(RandomGenerator random) {
    int parts = random.nextInt(20) == 0 ? random.nextInt(400) : random.nextInt(8);
    var text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      text.append(part(random));
    }
    return text.substring(0, Math.min(text.length(), 1000));
  }

  /** The same with at least one character. */
  public static String some(RandomGenerator random) {
    String text = any(random);
    return text.isEmpty() ? part(random) : text;
  }

  private static String part(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> String.valueOf((char) ('a' + random.nextInt(26)));
      case 1 -> String.valueOf((char) random.nextInt(128));
      case 2 -> String.valueOf((char) random.nextInt(0x10000));
      case 3 -> Character.toString(random.nextInt(0x110000));
      default -> one(random, TELLING);
    };
  }

  /** One of them. */
  public static <T> T one(RandomGenerator random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
