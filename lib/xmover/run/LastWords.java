package xmover.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import xmover.environment.ProcessEnd;
import xmover.observe.Advice;
import xmover.safety.HeldRebalancing;
import xmover.table.Printable;

/** What a process says that is told to stop a second time: what is at risk, and what to type. */
record LastWords(ProcessEnd end, Engine run, HeldRebalancing rebalancing, PrintWriter err) {
  /** Says it, and is gone. */
  void leave(ExitCode code) {
    // Nobody may be there to listen.
    var unused = end.within(Duration.ofSeconds(5), code.number());
    try {
      run.atRisk()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(2, TimeUnit.SECONDS)
          .join()
          .forEach(job -> say(Advice.leftAtRisk(job)));
      rebalancing.hold().ifPresent(hold -> say(Advice.leftHeld(hold)));
    } catch (CompletionException busy) {
      say("xmover: left without knowing what is at risk. Run: xmover status");
    }
    err.flush();
    end.now(code.number());
  }

  private void say(String sentence) {
    err.println(Printable.line(sentence));
  }
}
