package xmover.hostile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A figure after each round of a soak. What a round leaves for a moment shows only in some of them,
 * so a quarter counts as its lowest.
 */
final class Course {
  private final List<Long> figures = new ArrayList<>();

  void add(long figure) {
    figures.add(figure);
  }

  /** The lowest of the first quarter. */
  long first() {
    return Collections.min(figures.subList(0, quarter()));
  }

  /** The lowest of the last quarter. */
  long last() {
    return Collections.min(figures.subList(figures.size() - quarter(), figures.size()));
  }

  long highest() {
    return Collections.max(figures);
  }

  private int quarter() {
    return Math.max(1, figures.size() / 4);
  }

  int rounds() {
    return figures.size();
  }

  @Override
  public String toString() {
    return "%d..%d".formatted(first(), last());
  }
}
