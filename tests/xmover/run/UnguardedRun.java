package xmover.run;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import xmover.detect.ClusterIdentity;
import xmover.reset.Journal;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.Safeguards;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;

/** What moves a run, without gates and lock: for tests and benchmarks of that alone. */
public final class UnguardedRun {
  private UnguardedRun() {}

  /** Resets these tables. */
  public static Future<RunReport> reset(
      Connection connection,
      List<? extends RunListener> listeners,
      RunIdentity identity,
      ClusterIdentity self,
      List<Finding> tables,
      ResetPolicy policy,
      RunLimits limits,
      Journal journal) {
    Engine engine =
        new RunKind.Real(connection, RunOptions.DEFAULT).engine(List.copyOf(listeners), identity);
    return engine.reset(self, tables, policy, limits, journal, Map.of(), Safeguards.NONE);
  }
}
