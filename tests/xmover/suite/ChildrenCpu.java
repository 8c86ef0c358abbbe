package xmover.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CPU of processes that this JVM started, and of theirs. It is known when they have ended, and
 * charged in equal parts to those who could have started them and ran at that time.
 */
final class ChildrenCpu {
  private static final Path OWN_STAT = Path.of("/proc/self/stat");

  private final Optional<Duration> before = ended();
  private final List<String> running = new ArrayList<>();
  private final Map<String, Duration> charged = new HashMap<>();
  private Duration shared = before.orElse(Duration.ZERO);

  synchronized void begins(String who) {
    share();
    running.add(who);
  }

  synchronized void ends(String who) {
    share();
    running.remove(who);
  }

  synchronized Duration of(String who) {
    return charged.getOrDefault(who, Duration.ZERO);
  }

  /** Of what was started since this was made; only Linux tells. */
  Optional<Duration> total() {
    return ended().flatMap(all -> before.map(all::minus));
  }

  /** Of what the process that became this JVM had started before, such as the compiler. */
  Optional<Duration> before() {
    return before;
  }

  private void share() {
    Duration all = ended().orElse(Duration.ZERO);
    for (String who : running) {
      charged.merge(who, all.minus(shared).dividedBy(running.size()), Duration::plus);
    }
    shared = all;
  }

  private static Optional<Duration> ended() {
    try {
      String stat = Files.readString(OWN_STAT);
      // The name in parentheses may hold blanks; proc(5) numbers what follows it from 3.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[16 - 3]) + Long.parseLong(fields[17 - 3]);
      // Linux shows every program 100 ticks a second, whatever its own are.
      return Optional.of(Duration.ofMillis(10 * ticks));
    } catch (IOException noLinux) {
      return Optional.empty();
    }
  }
}
