package xmover.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How two sizes went during a run, in a bounded number of points however long it takes: when there
 * are too many, two neighbours become one. What was largest in between is never lost.
 */
final class OverTime {
  /** More can't be told apart on a screen. */
  static final int MOST = 120;

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final List<Point> points = new ArrayList<>();
  private Duration step = SHORTEST;

  /**
   * A time and what was seen from then on, until the next one.
   *
   * @param most the most bytes at one copy within it
   * @param oneCopy bytes at one copy when it ended
   * @param uncommitted bytes of uncommitted translog when it ended
   */
  record Point(Instant from, long most, long oneCopy, long uncommitted) {
    private Point and(Point later) {
      return new Point(from, Math.max(most, later.most), later.oneCopy, later.uncommitted);
    }

    private boolean isSame(long copy, long translog) {
      return most == copy && oneCopy == copy && uncommitted == translog;
    }
  }

  /** It is like that now; what did not change makes no point. */
  void seen(Instant now, long oneCopy, long uncommitted) {
    if (points.isEmpty()) {
      points.add(new Point(now, oneCopy, oneCopy, uncommitted));
      return;
    }
    Point last = points.get(points.size() - 1);
    if (last.isSame(oneCopy, uncommitted)) {
      return;
    }
    var point = new Point(now, oneCopy, oneCopy, uncommitted);
    if (place(now) == place(last.from())) {
      points.set(points.size() - 1, last.and(point));
      return;
    }
    points.add(point);
    while (points.size() > MOST) {
      thin();
    }
  }

  private long place(Instant time) {
    return Duration.between(points.get(0).from(), time).toMillis() / step.toMillis();
  }

  private void thin() {
    step = step.multipliedBy(2);
    List<Point> fewer = new ArrayList<>();
    for (Point point : points) {
      int end = fewer.size() - 1;
      if (end >= 0 && place(fewer.get(end).from()) == place(point.from())) {
        fewer.set(end, fewer.get(end).and(point));
      } else {
        fewer.add(point);
      }
    }
    points.clear();
    points.addAll(fewer);
  }

  /** Oldest first. */
  List<Point> points() {
    return List.copyOf(points);
  }
}
