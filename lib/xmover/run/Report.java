package xmover.run;

import java.util.List;
import java.util.Optional;
import xmover.print.DryRunPlan;
import xmover.print.RunSummary;
import xmover.print.Terminal;
import xmover.reset.RunReport;
import xmover.reset.TableResult;

/**
 * What a run did, table by table.
 *
 * @param plan what it would do, where nothing was changed
 */
public record Report(RunReport done, Optional<DryRunPlan> plan) {
  /** One result per table, in the order they were taken on. */
  public List<TableResult> results() {
    return done.results();
  }

  /** The tables that may still be without their replicas. */
  public List<TableResult> critical() {
    return done.critical();
  }

  /**
   * For people: the plan, or a table of what was done.
   *
   * @param all whether a plan tells the gates, too, that have no objection
   */
  public String text(Terminal terminal, boolean all) {
    return plan.map(would -> would.render(terminal, all))
        .orElseGet(() -> new RunSummary(done, terminal).render());
  }
}
