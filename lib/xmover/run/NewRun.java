package xmover.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import xmover.environment.Environment;
import xmover.reset.machine.RunIdentity;

/** Who begins a run, where and when. */
public final class NewRun {
  private NewRun() {}

  /** A run of its own, beginning now. */
  public static RunIdentity in(Environment environment) {
    // Whole seconds: it is for people, in status and in the sentence about the lock.
    Instant started = environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    return new RunIdentity(UUID.randomUUID().toString(), environment.user(), host(), started);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown host";
    }
  }
}
