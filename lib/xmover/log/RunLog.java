package xmover.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.detect.Analysis;
import xmover.json.Json;
import xmover.log.LogOutput.Severity;
import xmover.print.DryRunPlan;
import xmover.print.DurationText;
import xmover.print.GivenUpText;
import xmover.print.PlanFacts;
import xmover.reset.CopyStep;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetPolicy;
import xmover.table.Finding;
import xmover.table.GivenUp;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;
import xmover.table.Verdict.Action;

/**
 * Logs how a run begins and ends: what was found, what is left alone, and what became of each
 * table.
 */
public final class RunLog {
  private final LogLines lines;

  public RunLog(LogLines lines) {
    this.lines = lines;
  }

  /** Waits until all that was logged is written. */
  public void flush() {
    lines.output().flush();
  }

  /** Rebalancing could not be switched off for a run that can do without. */
  public void notHeld(String reason) {
    lines.log(
        Severity.WARN,
        "rebalancing_not_held",
        null,
        "Rebalancing stays on, CrateDB may answer moves by moving other shards: " + reason,
        json -> json.put("reason", reason));
  }

  /** The run knows what it is up to. */
  public void started(Analysis analysis, ResetPolicy policy) {
    var cluster = analysis.cluster();
    int tables = analysis.toReset().size();
    int early = analysis.toHealEarly().size();
    lines.log(
        Severity.INFO,
        "run_started",
        null,
        "Cluster %s, CrateDB %s: %s to reset, %slease sync on request %s"
            .formatted(
                cluster.name(),
                String.join(" and ", cluster.versions()),
                tables,
                early == 0 ? "" : early + " early to heal, ",
                policy.leaseSync() ? "on" : "off"),
        json ->
            json.put("cluster", cluster.name())
                .put("versions", String.join(" ", cluster.versions()))
                .put("user", cluster.user())
                .put("tables", tables)
                .put("early", early)
                .put("lease_sync", policy.leaseSync())
                .put("max_wait_ms", policy.maxWait().toMillis()));
    Set<TableRef> healed =
        Stream.of(analysis.toHealEarly(), analysis.toMend())
            .flatMap(List::stream)
            .map(Finding::table)
            .collect(Collectors.toSet());
    analysis.findings().stream()
        .filter(finding -> !healed.contains(finding.table()))
        .forEach(this::skipped);
    analysis.givenUp().forEach(this::givenUp);
    analysis
        .hidden()
        .note(cluster.user())
        .ifPresent(note -> lines.log(Severity.WARN, "hidden", null, note, json -> {}));
    analysis
        .early()
        .note()
        .ifPresent(note -> lines.log(Severity.WARN, "early_unknown", null, note, json -> {}));
  }

  private void givenUp(GivenUp copy) {
    lines.log(
        Severity.WARN,
        "copy_given_up",
        copy.table(),
        "%s: %s. %s".formatted(copy.table(), copy.sentence(), GivenUpText.mend(copy.table())),
        json -> json.setAll(Json.of(copy)));
  }

  private void skipped(Finding finding) {
    if (finding.verdict().action() == Action.SKIP) {
      lines.log(
          Severity.INFO,
          "skipped",
          finding.table(),
          "Left alone: " + finding.table() + ": " + finding.verdict().reason(),
          json -> json.put("reason", finding.verdict().reason()));
    }
  }

  /**
   * Where the run can be seen and told what to do.
   *
   * @param token where the token for that is
   */
  public void serving(String url, String token) {
    lines.log(
        Severity.INFO,
        "serving",
        null,
        "Serving %s: page, health, metrics; orders by xmover ctl pause, continue, abort (token: %s)"
            .formatted(url, token),
        json -> json.put("url", url).put("token", token));
  }

  /** The run is over, and is shown for a while. */
  public void staying(String url, Duration time, int exitCode) {
    lines.log(
        Severity.INFO,
        "serving_after",
        null,
        "The run is over (exit code %s). Its page is served for %s more: %s. Ctrl-C leaves now, with that code"
            .formatted(exitCode, DurationText.text(time), url),
        json -> json.put("url", url).put("for_ms", time.toMillis()).put("exit_code", exitCode));
  }

  /** A plan is over before anybody could look at it, and no run to report. */
  public void planNotWatched() {
    lines.log(
        Severity.INFO,
        "not_watched",
        null,
        "This plan is neither served nor reported: that begins with a run that changes something",
        json -> {});
  }

  /** The lock was taken from another run. */
  public void tookOver(String holder) {
    lines.log(
        Severity.WARN,
        "took_over",
        null,
        "Took over from " + holder,
        json -> json.put("holder", holder));
  }

  /** A line about what is unfinished of another cluster: nothing is done for it here. */
  public void elsewhere(String line) {
    lines.log(Severity.WARN, "elsewhere", null, line, json -> json.put("what", line));
  }

  /** The lock can't be kept: its heartbeat fails, or another run took it. */
  public void lockTroubled(String trouble) {
    lines.log(Severity.WARN, "lock", null, trouble, json -> json.put("error", trouble));
  }

  /** A part of the journal can't be read, or somebody took it away. */
  public void journalTroubled(String trouble) {
    lines.log(Severity.WARN, "journal", null, trouble, json -> json.put("error", trouble));
  }

  /** Who watches the run can't do what was asked: the run goes on. */
  public void observerTroubled(String trouble) {
    lines.log(Severity.WARN, "observer", null, trouble, json -> json.put("error", trouble));
  }

  /** The cluster turned RED while the run goes on. */
  public void turnedRed(String trouble) {
    lines.log(
        Severity.WARN,
        "red",
        null,
        "No new table starts: " + trouble,
        json -> json.put("reason", trouble));
  }

  /** An operator wants other replicas than those that the journal remembers. */
  public void overriding(JournalEntry remembered, ReplicaSetting typed) {
    lines.log(
        Severity.WARN,
        "overriding",
        remembered.table(),
        "%s: it had number_of_replicas %s, and is set to %s as --to says"
            .formatted(remembered.table(), remembered.original(), typed),
        json ->
            json.put("original_replicas", remembered.original().text()).put("to", typed.text()));
  }

  /** What earlier runs left could not be put back: nothing new is begun on top of it. */
  public void notBegun(RunReport resumed) {
    int critical = resumed.critical().size();
    lines.log(
        Severity.ERROR,
        "not_begun",
        null,
        "No new table is begun: %s of an earlier run could not be restored".formatted(critical),
        json -> json.put("critical", critical));
  }

  /** The run is told to stop. */
  public void stopping(String reason) {
    said(new RunEvent.Stopping(reason));
  }

  /** Who sends a signal again is to know before what that costs. */
  public void secondSignalLeaves() {
    lines.log(
        Severity.WARN,
        "second_signal_leaves",
        null,
        "A second Ctrl-C or SIGTERM leaves at once: what is at 0 replicas then stays there until"
            + " xmover restore",
        json -> {});
  }

  /** Other runs began resets and did not end them, or an operator named what is at zero. */
  public void resuming(Unfinished unfinished) {
    for (JournalEntry entry : unfinished.entries()) {
      lines.log(
          Severity.WARN,
          "resuming",
          entry.table(),
          unfinished.typed().contains(entry)
              ? "Named: %s: to be set to %s; now %s"
                  .formatted(entry.table(), entry.original(), unfinished.truth(entry))
              : "Unfinished: %s: %s, was %s, begun by %s; now %s"
                  .formatted(
                      entry.table(),
                      entry.state(),
                      entry.original(),
                      entry.run(),
                      unfinished.truth(entry)),
          json ->
              json.put("state", entry.state().name())
                  .put("original_replicas", entry.original().text())
                  .put("begun_by", entry.run().toString())
                  .put("cluster", unfinished.truth(entry)));
    }
  }

  /** What a dry run would do: an event per table. */
  public void planned(DryRunPlan plan) {
    for (DryRunPlan.Entry entry : plan.entries()) {
      lines.log(
          Severity.INFO,
          "plan",
          entry.result().finding().table(),
          entry.text(),
          json -> {
            entry.sql().forEach(json.putArray("sql")::add);
            entry.steps().forEach(step -> copy(json.withArray("copies").addObject(), step));
            entry.snapshot().ifPresent(seen -> snapshot(json.putObject("snapshot"), seen));
            ArrayNode gates = json.putArray("gates");
            entry.result().gates().forEach(verdict -> gates.add(Json.of(verdict)));
          });
    }
    plan.notes().forEach(note -> lines.log(Severity.INFO, "plan_note", null, note, json -> {}));
    if (!plan.aroundAll().isEmpty()) {
      lines.log(
          Severity.INFO,
          "plan_around_all",
          null,
          "Before the first table, and after the last",
          json -> plan.aroundAll().forEach(json.putArray("sql")::add));
    }
  }

  private static void copy(ObjectNode json, DryRunPlan.Step planned) {
    CopyStep step = planned.step();
    json.put("remedy", step.remedy().word())
        .put("shard", step.shard())
        .put("from", step.node())
        .put("to", step.to().orElse(step.node()))
        .put("copies_meanwhile", step.left());
    step.size().ifPresent(size -> json.put("bytes", size.value()));
    planned.time().ifPresent(time -> json.put("about_seconds", time.toSeconds()));
  }

  private static void snapshot(ObjectNode json, PlanFacts.Snapshot seen) {
    json.put("told", seen.told());
    seen.age().ifPresent(age -> json.put("age_seconds", age.toSeconds()));
  }

  /** The summary for programs: an event per table, then one for the run. */
  public void ended(RunReport report, int exitCode) {
    report.results().forEach(result -> lines.log(TableWords.result(result)));
    said(new RunEvent.RunEnded(report, exitCode));
  }

  private void said(RunEvent event) {
    EventWords.of(event).forEach(lines::log);
  }
}
