package xmover.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import xmover.reset.RunIdentity;

/** Who runs this process, and where. */
final class ThisProcess {
  private ThisProcess() {}

  /** A run of its own, beginning now. */
  static RunIdentity newRun(InstantSource clock) {
    // Whole seconds: it is for people, in status and in the sentence about the lock.
    Instant started = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new RunIdentity(
        UUID.randomUUID().toString(), System.getProperty("user.name"), host(), started);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown host";
    }
  }
}
