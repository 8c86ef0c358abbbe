package xmover.observe;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import com.github.freva.asciitable.Styler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.observe.Terminal.Color;
import xmover.table.Printable;

/**
 * A table of text that fits the terminal: its first column wraps, then those that may; the others
 * keep their width.
 */
final class TextTable<T> {
  private static final int NARROWEST = 12;
  private static final int PADDING = 2;

  private record Spec<T>(
      String header, HorizontalAlign align, Function<T, Object> cell, int narrow) {
    /** How wide its cells are, or may be where the terminal is narrow. */
    int width(Stream<String> cells, boolean wraps) {
      int width = Math.max(header.length(), cells.mapToInt(String::length).max().orElse(0));
      return wraps ? Math.min(width, narrow) : width;
    }
  }

  private final List<Spec<T>> specs = new ArrayList<>();

  /** Adds a column of text, aligned left. */
  TextTable<T> text(String header, Function<T, Object> cell) {
    return text(header, Integer.MAX_VALUE, cell);
  }

  /** Adds a column of text that wraps at this width where the terminal is too narrow for all. */
  TextTable<T> text(String header, int narrow, Function<T, Object> cell) {
    specs.add(new Spec<>(header, HorizontalAlign.LEFT, cell, narrow));
    return this;
  }

  /** Adds a column of amounts, aligned right. */
  TextTable<T> number(String header, Function<T, Object> cell) {
    specs.add(new Spec<>(header, HorizontalAlign.RIGHT, cell, Integer.MAX_VALUE));
    return this;
  }

  /** The table with a line break at its end; rows that alarm are red where there are colours. */
  String render(List<T> rows, Terminal terminal, Predicate<T> alarming) {
    String[][] cells =
        rows.stream()
            .map(row -> specs.stream().map(s -> cell(s, row)).toArray(String[]::new))
            .toArray(String[][]::new);
    boolean wraps = terminal.columns() > 0 && firstColumn(cells, terminal, false) < NARROWEST;
    int widest =
        terminal.columns() == 0
            ? Integer.MAX_VALUE
            : Math.max(NARROWEST, firstColumn(cells, terminal, wraps));
    Column[] columns =
        specs.stream()
            .map(s -> new Column().header(s.header()).headerAlign(s.align()).dataAlign(s.align()))
            .map(c -> c.maxWidth(widest, OverflowBehaviour.NEWLINE))
            .toArray(Column[]::new);
    for (int i = 1; i < columns.length; i++) {
      int narrow = specs.get(i).narrow();
      boolean keeps = !wraps || narrow == Integer.MAX_VALUE;
      columns[i].maxWidth(keeps ? Integer.MAX_VALUE : narrow + PADDING, OverflowBehaviour.NEWLINE);
    }
    return AsciiTable.builder()
        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER)
        .styler(styler(rows, terminal, alarming))
        .data(columns, cells)
        .asString()
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static <T> String cell(Spec<T> spec, T row) {
    return Printable.line(spec.cell().apply(row).toString());
  }

  /** What the other columns leave of the line. */
  private int firstColumn(String[][] cells, Terminal terminal, boolean wraps) {
    int left = terminal.columns();
    for (int i = 1; i < specs.size(); i++) {
      int column = i;
      Stream<String> texts = Arrays.stream(cells).map(row -> row[column]);
      left -= specs.get(i).width(texts, wraps) + PADDING + 1;
    }
    return left;
  }

  private static <T> Styler styler(List<T> rows, Terminal terminal, Predicate<T> alarming) {
    return new Styler() {
      @Override
      public List<String> styleCell(Column column, int row, int col, List<String> lines) {
        return alarming.test(rows.get(row)) ? paint(terminal, Color.BAD, lines) : lines;
      }

      @Override
      public List<String> styleHeader(Column column, int col, List<String> lines) {
        return paint(terminal, Color.HEADING, lines);
      }
    };
  }

  private static List<String> paint(Terminal terminal, Color color, List<String> lines) {
    return lines.stream().map(line -> terminal.paint(color, line)).toList();
  }
}
