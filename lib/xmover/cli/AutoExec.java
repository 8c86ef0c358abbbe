package xmover.cli;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import xmover.cluster.Sql;
import xmover.cluster.Statement;
import xmover.detect.Analysis;
import xmover.detect.Detection;
import xmover.environment.Environment;
import xmover.observe.DryRunPlan;
import xmover.observe.LogLines;
import xmover.observe.LogOutput;
import xmover.observe.PlanSight;
import xmover.observe.RunLog;
import xmover.reset.NoJournal;
import xmover.reset.RebalanceHold;
import xmover.reset.Remedy;
import xmover.reset.ResetPolicy;
import xmover.reset.RunIdentity;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.Unfinished;
import xmover.safety.HeldRebalancing;

/** A run from the command line: look, reset what qualifies or tell how, and say what came of it. */
final class AutoExec {
  private final Opening opening;
  private final RunArguments arguments;

  /** What is to be reset: an analysis made from a look at the cluster. */
  interface Choice extends Function<Detection, Future<Analysis>> {}

  AutoExec(Opening opening, RunArguments arguments) {
    this.opening = opening;
    this.arguments = arguments;
  }

  /**
   * Goes on with what other runs did not end, then resets what was chosen.
   *
   * @param resumes false to refuse when other runs did not end something
   */
  ExitCode run(Choice choice, RunLimits limits, Precautions precautions, boolean resumes) {
    return Session.run(
        opening, false, session -> run(session, choice, limits, precautions, resumes));
  }

  private RunReport run(
      Session session, Choice choice, RunLimits limits, Precautions precautions, boolean resumes) {
    arguments.maxRuntime().ifPresent(session::stopAfter);
    if (arguments.holdsRebalance()) {
      session.holdRebalance();
    } else if (precautions.remedy().allows(Remedy.MOVE)) {
      session.holdRebalanceWherePermitted();
    }
    ResetPolicy policy = arguments.policy(session.cluster());
    RunReport report = resume(session, policy, precautions, resumes);
    if (!report.critical().isEmpty()) {
      session.notBegun(report);
      return report;
    }
    Analysis analysis = Toolkit.await(choice.apply(session.detection()));
    session.started(analysis, policy);
    return report.and(session.heal(analysis, policy, limits, precautions));
  }

  private RunReport resume(
      Session session, ResetPolicy policy, Precautions precautions, boolean resumes) {
    Unfinished unfinished = session.unfinished();
    if (!resumes) {
      UnfinishedResets.refuse(unfinished, session.held());
    }
    return session.resume(unfinished, policy, precautions);
  }

  /** Tells what a run would do. */
  ExitCode dryRun(Choice choice, RunLimits limits, Precautions precautions) {
    Environment environment = opening.environment();
    RunIdentity identity = NewRun.in(environment);
    try (LogOutput output = opening.log().open(environment);
        Toolkit toolkit = opening.connection().open(environment)) {
      var runLog = new RunLog(new LogLines(output, identity.runId(), environment.clock()));
      if (opening.observers().isAsked(environment)) {
        runLog.planNotWatched();
      }
      List<Statement> told = new CopyOnWriteArrayList<>();
      var steps = new PlanSight.Steps();
      Run run = toolkit.dryRun(told::add, steps, identity);
      Analysis analysis = Toolkit.await(choice.apply(run.detection()));
      ResetPolicy policy = arguments.policy(analysis.cluster());
      runLog.started(analysis, policy);
      var journal = new NoJournal(() -> opening.journal().history(toolkit, analysis.cluster()));
      HeldRebalancing rebalancing = run.rebalancing(journal);
      boolean holds = arguments.holdsRebalance() || precautions.remedy().allows(Remedy.MOVE);
      if (holds && !precautions.changed(analysis).isEmpty()) {
        Toolkit.await(rebalancing.begin());
      }
      RunReport report =
          Toolkit.await(
              run.heal(analysis, policy, limits, journal, precautions.told(), trouble -> {}));
      Toolkit.await(rebalancing.end());
      var sight =
          run.sight(
              analysis.cluster(),
              steps,
              report,
              precautions.remedy(),
              told.contains(Sql.setRebalance(RebalanceHold.OFF)));
      var plan = new DryRunPlan(report, told, policy, analysis.cluster(), Toolkit.await(sight));
      return opening.results().of(plan, report, runLog);
    }
  }
}
