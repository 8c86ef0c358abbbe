package xmover.table;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names that somebody gave to a table, a node or a value so that it does something when shown. */
public final class Hostile {
  private static final List<String> TEXTS =
      List.of(
          "a\u001b[31mred\u001b[0m",
          "a\u001b]0;title\u0007",
          "a\u001b[2Jb",
          "a\u009b2Jb",
          "a\n2026-11-26 02:48:27 [INFO] all is well",
          "a\r[INFO] all is well",
          "a\r\nb",
          "a\u2028b",
          "a\u2029b",
          "a\u0085b",
          "a\u000bb\u000cc",
          "a\u202egpj.exe",
          "a\u2066b\u2069c",
          "a\u200bb\u200fc\ufeffd",
          "a\u0000b",
          "a\u0008\u0008b\u007f",
          "a\tb",
          "a" + Character.toString(0xE0041) + "b",
          "a\ud800b",
          "=1+1",
          "+1",
          "-1",
          "@SUM(A1)",
          "\t=1",
          "\r=1",
          "it's",
          "'quoted'",
          "E'\\u0041'",
          "a\\u001bb",
          "\\",
          "a,b=c",
          "t[region=eu]",
          "$(reboot)`reboot`\"!",
          "<script>alert(1)</script>",
          "| a | `b` | [c](d)",
          "NULL",
          "größe 表 😀");

  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private Hostile() {}

  public static Stream<String> texts() {
    return TEXTS.stream();
  }

  /** What is in a text and must never be shown: all but the ends of lines. */
  public static List<String> shownIn(String text) {
    return HIDDEN
        .matcher(text.replace("\r\n", "\n").replace("\n", ""))
        .results()
        .map(hidden -> "U+%04X".formatted(hidden.group().codePointAt(0)))
        .toList();
  }
}
