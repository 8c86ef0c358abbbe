package xmover.run;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import xmover.environment.Environment;
import xmover.environment.ProcessEnd;
import xmover.log.RunLog;
import xmover.print.Advice;
import xmover.rebalance.RebalanceGuard;
import xmover.reset.machine.ResetJob;
import xmover.table.Printable;

/**
 * Leaves at once, as a second signal asks, and prints what is at risk and what to type. Where
 * something is at risk, or where nobody knows, the exit code is 4.
 */
record SecondSignal(Environment environment, Engine run, RebalanceGuard rebalancing, RunLog log) {
  void leave(ExitCode signal) {
    // Nobody may be there to listen.
    ProcessEnd end = environment.end();
    var unused = end.within(Duration.ofSeconds(5), ExitCode.CRITICAL.number());
    var err =
        new PrintWriter(new OutputStreamWriter(environment.err(), StandardCharsets.UTF_8), true);
    ExitCode code = nothingAtRisk(err) ? signal : ExitCode.CRITICAL;
    err.flush();
    log.flush();
    end.now(code.number());
  }

  private boolean nothingAtRisk(PrintWriter err) {
    try {
      List<ResetJob> atRisk =
          run.atRisk()
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(2, TimeUnit.SECONDS)
              .join();
      atRisk.forEach(job -> say(err, Advice.leftAtRisk(job)));
      rebalancing.hold().ifPresent(hold -> say(err, Advice.leftHeld(hold)));
      return atRisk.isEmpty();
    } catch (CompletionException busy) {
      say(err, "xmover: left without knowing what is at risk. Run: xmover status");
      return false;
    }
  }

  private static void say(PrintWriter err, String sentence) {
    err.println(Printable.line(sentence));
  }
}
