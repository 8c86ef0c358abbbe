package xmover.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.WCWidth;
import xmover.print.Terminal.Color;
import xmover.table.Printable;

/**
 * A table of text that fits the terminal: its first column wraps, then those that may; the others
 * keep their width. What takes two columns on a terminal, or none, is counted so.
 */
public final class TextTable<T> {
  private static final int NARROWEST = 12;
  private static final int PADDING = 2;

  private record Spec<T>(String header, boolean right, Function<T, Object> cell, int narrow) {
    /** How wide its cells are, or may be where the terminal is narrow. */
    int width(Stream<String> cells, boolean wraps) {
      int width =
          Stream.concat(Stream.of(header), cells).mapToInt(TextTable::columns).max().orElse(0);
      return wraps ? Math.min(width, narrow) : width;
    }
  }

  private final List<Spec<T>> specs = new ArrayList<>();

  /** Adds a column of text, aligned left. */
  public TextTable<T> text(String header, Function<T, Object> cell) {
    return text(header, Integer.MAX_VALUE, cell);
  }

  /** Adds a column of text that wraps at this width where the terminal is too narrow for all. */
  public TextTable<T> text(String header, int narrow, Function<T, Object> cell) {
    specs.add(new Spec<>(header, false, cell, narrow));
    return this;
  }

  /** Adds a column of amounts, aligned right. */
  public TextTable<T> number(String header, Function<T, Object> cell) {
    specs.add(new Spec<>(header, true, cell, Integer.MAX_VALUE));
    return this;
  }

  /** The table with a line break at its end; rows that alarm are red where there are colours. */
  public String render(List<T> rows, Terminal terminal, Predicate<T> alarming) {
    String[][] cells =
        rows.stream()
            .map(row -> specs.stream().map(s -> cell(s, row)).toArray(String[]::new))
            .toArray(String[][]::new);
    int[] widths = widths(cells, terminal);
    var text = new StringBuilder();
    String[] headers = specs.stream().map(Spec::header).toArray(String[]::new);
    line(text, headers, widths, part -> terminal.paint(Color.HEADING, part));
    text.append(
            Arrays.stream(widths)
                .mapToObj(width -> "-".repeat(width + PADDING))
                .collect(Collectors.joining("+")))
        .append('\n');
    for (int i = 0; i < cells.length; i++) {
      boolean alarms = alarming.test(rows.get(i));
      line(text, cells[i], widths, part -> alarms ? terminal.paint(Color.BAD, part) : part);
    }
    return text.toString();
  }

  /** The first column has what the others leave; without a terminal each is as wide as it is. */
  private int[] widths(String[][] cells, Terminal terminal) {
    boolean limited = terminal.columns() > 0;
    boolean wraps = limited && firstColumn(cells, terminal, false) < NARROWEST;
    int[] widths = new int[specs.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(cells, i, wraps);
    }
    if (limited) {
      int widest = Math.max(NARROWEST, firstColumn(cells, terminal, wraps));
      widths[0] = Math.min(width(cells, 0, false), widest - PADDING);
    }
    return widths;
  }

  private int width(String[][] cells, int column, boolean wraps) {
    return specs.get(column).width(Arrays.stream(cells).map(row -> row[column]), wraps);
  }

  /** A row takes as many lines as its cells need. */
  private void line(
      StringBuilder text, String[] cells, int[] widths, Function<String, String> paint) {
    List<List<String>> wrapped = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      wrapped.add(wrapped(cells[i], widths[i]));
    }
    int most = wrapped.stream().mapToInt(List::size).max().orElse(0);
    for (int at = 0; at < most; at++) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < cells.length; i++) {
        String part = at < wrapped.get(i).size() ? wrapped.get(i).get(at) : "";
        String padded = padded(part, widths[i], specs.get(i).right());
        parts.add(paint.apply(" " + padded + " "));
      }
      text.append(String.join("|", parts).stripTrailing()).append('\n');
    }
  }

  private static <T> String cell(Spec<T> spec, T row) {
    return Printable.line(spec.cell().apply(row).toString());
  }

  /** What the other columns leave of the line. */
  private int firstColumn(String[][] cells, Terminal terminal, boolean wraps) {
    int left = terminal.columns();
    for (int i = 1; i < specs.size(); i++) {
      left -= width(cells, i, wraps) + PADDING + 1;
    }
    return left;
  }

  /** How many columns a text takes: of East Asia or an emoji two, a mark on a letter none. */
  static int columns(String text) {
    return new AttributedString(text).columnLength();
  }

  /** The text and blanks up to a width, at its end or, for amounts, before it. */
  static String padded(String text, int width, boolean right) {
    String blanks = " ".repeat(Math.max(0, width - columns(text)));
    return right ? blanks + text : text + blanks;
  }

  /** Lines of at most that many columns: broken at blanks where there are any, else anywhere. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (columns(rest) > width) {
      int end = fitting(rest, width);
      int blank = rest.lastIndexOf(' ', end);
      String line = rest.substring(0, blank > 0 ? blank : end);
      lines.add(line);
      rest = rest.substring(line.length()).stripLeading();
    }
    if (lines.isEmpty() || !rest.isEmpty()) {
      lines.add(rest);
    }
    return lines;
  }

  /** How much of the beginning fits; a letter stays with its marks, and at least one is taken. */
  private static int fitting(String text, int width) {
    int end = 0;
    int taken = 0;
    while (end < text.length()) {
      int letter = text.codePointAt(end);
      taken += Math.max(0, WCWidth.wcwidth(letter));
      if (taken > width && end > 0) {
        return end;
      }
      end += Character.charCount(letter);
    }
    return end;
  }
}
