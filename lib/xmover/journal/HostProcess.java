package xmover.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, known so well that another one of the same host can see that it is dead. Host names
 * and process ids occur more than once: within one boot and one pid namespace, id and start do not.
 *
 * @param start in clock ticks since the boot, which setting the clock does not move
 */
public record HostProcess(long pid, long start, String bootId, String pidNamespace) {
  private static final Path PROC = Path.of("/proc");

  /** This process; empty where that can't be known, or where others could be hidden from it. */
  public static Optional<HostProcess> current() {
    return current(PROC, ProcessHandle.current().pid());
  }

  public static Optional<HostProcess> current(Path proc, long pid) {
    try {
      String self = Files.readSymbolicLink(proc.resolve("self")).toString();
      if (!self.equals(Long.toString(pid)) || hidesProcesses(proc)) {
        return Optional.empty();
      }
      return Optional.of(
          new HostProcess(
              pid,
              Stat.of(proc, pid).start,
              Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip(),
              Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString()));
    } catch (IOException | RuntimeException elsewhere) {
      // Only Linux tells all of this.
      return Optional.empty();
    }
  }

  /** With the option hidepid a living process of another user looks like none. */
  private static boolean hidesProcesses(Path proc) throws IOException {
    return Files.readString(proc.resolve("self/mounts"))
        .lines()
        .anyMatch(mount -> mount.contains(" proc ") && mount.contains("hidepid="));
  }

  /** Whether this process sees that the other one is dead; false when it can't know. */
  public boolean seesDead(HostProcess other) {
    return seesDead(PROC, other);
  }

  boolean seesDead(Path proc, HostProcess other) {
    if (!bootId.equals(other.bootId) || !pidNamespace.equals(other.pidNamespace)) {
      return false;
    }
    try {
      Stat now = Stat.of(proc, other.pid);
      return now.start != other.start || now.hasEnded();
    } catch (NoSuchFileException none) {
      return true;
    } catch (IOException | RuntimeException unknown) {
      return false;
    }
  }

  /** What Linux says of a process. */
  private record Stat(char state, long start) {
    /** Fails with a {@link NoSuchFileException} when there is no such process. */
    static Stat of(Path proc, long pid) throws IOException {
      String line = Files.readString(proc.resolve(Long.toString(pid)).resolve("stat"));
      // The name of its program comes second, in parentheses, and may hold anything.
      String[] afterName = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return new Stat(afterName[0].charAt(0), Long.parseLong(afterName[19]));
    }

    /** Its parent has not asked yet how it ended. */
    boolean hasEnded() {
      return state == 'Z' || state == 'X';
    }
  }
}
