package xmover.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xmover.table.TableRef;

/**
 * Somebody's SQL without anybody's data: literals are question marks, comments are left out, names
 * and the whole are cut. The statement may end anywhere, in the middle of a literal, too.
 */
public final class MaskedSql {
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST = 160;
  private static final String VALUE = "?";
  private static final Set<String> VALUES = Set.of("true", "false");
  private static final Set<String> CHANGING = Set.of("alter", "drop", "optimize", "restore");
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<comment>--[^\\r\\n]*+|/\\*.*?(?:\\*/|\\z))
          |(?<text>[eE]'(?:[^'\\\\]++|\\\\.|'')*+(?:'|\\\\?\\z)|[bB]?'(?:[^']++|'')*+(?:'|\\z)
          |\\$(?<tag>[A-Za-z_]\\w*|)\\$.*?(?:\\$\\k<tag>\\$|\\z))
          |(?<quoted>"(?:[^"]++|"")*+(?:"|\\z))
          |(?<parameter>\\$\\d++)
          |(?<number>\\.?\\d[\\w.]*+)
          |(?<word>[\\p{L}_][\\p{L}\\p{N}_$@]*+)
          |(?<blank>\\s++)
          |(?<sign>[()\\[\\]{},.;:=<>+*/%|&!-])
          |(?<other>.)\
          """,
          Pattern.DOTALL | Pattern.COMMENTS);

  private final StringBuilder masked = new StringBuilder();
  private final List<String> names = new ArrayList<>();

  public MaskedSql(String sql) {
    Matcher token = TOKEN.matcher(sql);
    while (token.find()) {
      take(token);
    }
  }

  private void take(Matcher token) {
    String text = token.group();
    if (token.group("comment") != null || token.group("blank") != null) {
      blank();
    } else if (token.group("quoted") != null) {
      quoted(text);
    } else if (token.group("word") != null) {
      names.add(text.toLowerCase(Locale.ROOT));
      masked.append(VALUES.contains(text.toLowerCase(Locale.ROOT)) ? VALUE : cut(text));
    } else {
      names.add(text.equals(".") ? text : "");
      masked.append(token.group("sign") != null || token.group("parameter") != null ? text : VALUE);
    }
  }

  private void blank() {
    if (!masked.isEmpty() && masked.charAt(masked.length() - 1) != ' ') {
      masked.append(' ');
    }
  }

  private void quoted(String text) {
    boolean whole = text.length() > 1 && text.endsWith("\"");
    String name = whole ? text.substring(1, text.length() - 1) : "";
    names.add(name.replace("\"\"", "\""));
    masked.append('"').append(cut(name)).append('"');
  }

  private static String cut(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
  }

  /** True when it names the table; a name without a schema may be any schema's. */
  boolean names(TableRef table) {
    return names(table, 0);
  }

  /** True when it changes the table, its settings or where its shards are. */
  public boolean changes(TableRef table) {
    return !names.isEmpty() && CHANGING.contains(names.get(0)) && names(table, 1);
  }

  private boolean names(TableRef table, int from) {
    for (int i = from; i < names.size(); i++) {
      if (names.get(i).equals(table.name())) {
        boolean qualified = i > from + 1 && names.get(i - 1).equals(".");
        if (!qualified || names.get(i - 2).equals(table.schema())) {
          return true;
        }
      }
    }
    return false;
  }

  /** What may be shown to anybody. */
  String text() {
    String text = masked.toString().strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
