package xmover.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import xmover.environment.ProcessEnd;
import xmover.observe.Advice;
import xmover.observe.RunLog;
import xmover.reset.ResetJob;
import xmover.safety.HeldRebalancing;
import xmover.table.Printable;

/**
 * What a process says that is told to stop a second time: what is at risk, and what to type. Where
 * something is, or where nobody knows, it leaves with 4.
 */
record LastWords(
    ProcessEnd end, Engine run, HeldRebalancing rebalancing, RunLog log, PrintWriter err) {
  /** Says it, and is gone. */
  void leave(ExitCode signal) {
    // Nobody may be there to listen.
    var unused = end.within(Duration.ofSeconds(5), ExitCode.CRITICAL.number());
    ExitCode code = tell() ? signal : ExitCode.CRITICAL;
    err.flush();
    log.flush();
    end.now(code.number());
  }

  /** True where nothing is at risk. */
  private boolean tell() {
    try {
      List<ResetJob> atRisk =
          run.atRisk()
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(2, TimeUnit.SECONDS)
              .join();
      atRisk.forEach(job -> say(Advice.leftAtRisk(job)));
      rebalancing.hold().ifPresent(hold -> say(Advice.leftHeld(hold)));
      return atRisk.isEmpty();
    } catch (CompletionException busy) {
      say("xmover: left without knowing what is at risk. Run: xmover status");
      return false;
    }
  }

  private void say(String sentence) {
    err.println(Printable.line(sentence));
  }
}
