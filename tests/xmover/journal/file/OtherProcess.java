package xmover.journal.file;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import xmover.ChildJvm;
import xmover.journal.Entries;
import xmover.table.TableRef;

/** A second JVM that holds a lock, or fills a journal, as another run on this machine would. */
public final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader told;

  private OtherProcess(List<String> before, String... words) throws IOException {
    var command = new ArrayList<>(before);
    // The counters of the JVM would be the first file too large where the size is limited.
    command.addAll(
        ChildJvm.shortLived(OtherProcess.class, List.of("-Xmx64m", "-XX:-UsePerfData"), words));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    told = process.inputReader();
  }

  /** Holds the lock of a cluster until it is closed. */
  static OtherProcess holding(Path lock) throws IOException {
    return new OtherProcess(List.of(), "hold", lock.toString());
  }

  /** Writes entries where no file may be larger than some kilobytes. */
  static OtherProcess filling(Path journal) throws IOException {
    return new OtherProcess(
        List.of("sh", "-c", "ulimit -f 20; exec \"$@\"", "sh"), "fill", journal.toString());
  }

  /** The next line it tells. */
  String tells() throws IOException {
    return told.readLine();
  }

  long pid() {
    return process.pid();
  }

  /** Kills it as {@code kill -9} does. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the second JVM does. */
  public static void main(String... words) throws IOException {
    Vertx vertx = Vertx.vertx();
    Path file = Path.of(words[1]);
    try {
      if (words[0].equals("hold")) {
        hold(RunLock.acquire(vertx, file, Entries.RUN, false));
      } else {
        fill(Entries.await(FileJournal.open(vertx, file, said -> {})));
      }
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void hold(Future<RunLock> lock) throws IOException {
    try {
      Entries.await(lock);
      System.out.println("held");
      System.in.read();
    } catch (CompletionException refused) {
      System.out.println(refused.getCause().getMessage());
    }
  }

  /** Writes until it is refused, then tells how many were written, and why no more. */
  private static void fill(FileJournal journal) {
    for (int written = 0; ; written++) {
      try {
        Entries.await(journal.write(Entries.begun(TableRef.of("doc", "t" + written))));
      } catch (CompletionException full) {
        System.out.println(written);
        System.out.println(full.getCause().getMessage());
        return;
      }
    }
  }
}
