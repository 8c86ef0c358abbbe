package xmover.observe;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;
import org.tinylog.core.LogEntry;

/** A mark in the log: once the writer comes to it, all that was logged before is written. */
final class FlushMark {
  private static final String TAG = "flush";
  private static final int PATIENCE_SECONDS = 5;
  private static final Queue<CountDownLatch> MARKS = new ConcurrentLinkedQueue<>();

  private FlushMark() {}

  /** Sets a mark and waits until it is reached, some seconds at most. */
  static void await() {
    var mark = new CountDownLatch(1);
    MARKS.add(mark);
    Logger.tag(TAG).error("");
    try {
      var unused = mark.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** For the writer: whether this entry is a mark, and no line. */
  static boolean reached(LogEntry entry) {
    if (!TAG.equals(entry.getTag())) {
      return false;
    }
    CountDownLatch mark = MARKS.poll();
    if (mark != null) {
      mark.countDown();
    }
    return true;
  }
}
