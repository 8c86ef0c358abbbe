package xmover.print;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import xmover.detect.Analysis;
import xmover.print.Terminal.Color;
import xmover.table.Finding;
import xmover.table.GivenUp;
import xmover.table.Printable;
import xmover.table.ShardCopy;
import xmover.table.Verdict.Action;

/**
 * An analysis for people: the problematic shards, a summary per table, what is left alone and why.
 */
public final class AnalysisText {
  private final Analysis analysis;
  private final Terminal terminal;

  public AnalysisText(Analysis analysis, Terminal terminal) {
    this.analysis = analysis;
    this.terminal = terminal;
  }

  /** The whole text, ending with a line break. */
  public String render() {
    String found =
        analysis.findings().isEmpty()
            ? nothingFound()
            : shards() + tables() + reasons() + givenUp() + traces() + advice();
    return cluster() + found + early() + hidden();
  }

  private String cluster() {
    var cluster = analysis.cluster();
    return "Cluster %s, CrateDB %s, %s nodes, as user %s\n"
        .formatted(
            Printable.line(cluster.name()),
            String.join(" and ", cluster.versions()),
            cluster.nodes().size(),
            Printable.line(cluster.user()));
  }

  private String nothingFound() {
    long wanted = analysis.hidden().wantedTables();
    long all = analysis.hidden().visibleTables();
    return "\nNo replica holds more than %s of uncommitted translog, in %s %s.\n"
        .formatted(
            analysis.thresholds().size(),
            wanted == all ? all : wanted + " of " + all,
            analysis.hidden().everyTableVisible() ? "tables" : "tables this user can see");
  }

  private String shards() {
    List<ShardCopy> shards = analysis.shards();
    if (shards.isEmpty()) {
      return "";
    }
    String heading =
        "Replica shards with more than %s of uncommitted translog: %s"
            .formatted(analysis.thresholds().size(), shards.size());
    return heading(heading)
        + new TextTable<ShardCopy>()
            .text("Table", ShardCopy::table)
            .number("Shard", ShardCopy::id)
            .text("Node", ShardCopy::node)
            .number("Uncommitted", ShardCopy::uncommitted)
            .number("Translog", ShardCopy::translog)
            .number("Size", ShardCopy::size)
            .text("Why", shard -> DiagnosisText.word(shard.diagnosis().kind()))
            .render(shards, terminal, shard -> false)
        + DiagnosisText.legend(analysis.findings());
  }

  private String early() {
    List<ShardCopy> copies = analysis.early().copies();
    String unknown =
        analysis
            .early()
            .note()
            .map(
                note ->
                    "\n" + terminal.paint(Color.BAD, "Not seen: ") + Printable.line(note) + "\n")
            .orElse("");
    return copies.isEmpty() ? unknown : early(copies) + unknown;
  }

  private String early(List<ShardCopy> copies) {
    int tables = analysis.early().toHeal().size();
    return heading("Early: replicas that miss an operation, below the thresholds: " + copies.size())
        + new TextTable<ShardCopy>()
            .text("Table", ShardCopy::table)
            .number("Shard", ShardCopy::id)
            .text("Node", ShardCopy::node)
            .number("Missing", c -> orUnknown(c.checkpoints().map(seen -> seen.local() + 1)))
            .number("Uncommitted", ShardCopy::uncommitted)
            .number("Size", ShardCopy::size)
            .render(copies, terminal, copy -> false)
        + "A hole never closes by itself, and a small copy is moved in no time."
        + (tables == 0
            ? "\n"
            : " %s to heal:\nxmover problematic-translogs --autoexec --early --remedy auto\n"
                .formatted(tables));
  }

  private String tables() {
    List<Finding> findings = analysis.findings();
    return heading("Tables and partitions, worst first: " + findings.size())
        + new TextTable<Finding>()
            .text("Table", Finding::table)
            .number("Replicas", f -> orUnknown(f.relation().replicas()))
            .number("Bad", f -> f.totals().problematicReplicas() + "/" + f.totals().replicas())
            .number("Worst", Finding::largestTranslog)
            .number("%", f -> orUnknown(f.percentOfThreshold().map(Math::round)))
            .number("Primaries", f -> f.totals().primaryBytes())
            .text("Action", f -> f.verdict().action().name().toLowerCase(Locale.ROOT))
            .render(findings, terminal, AnalysisText::qualifies);
  }

  private String reasons() {
    return reasons("Qualify, but a gate refuses them", Action.REFUSED)
        + reasons("Left alone", Action.SKIP);
  }

  private String reasons(String heading, Action action) {
    var lines = new StringBuilder();
    for (Finding finding : analysis.findings()) {
      if (finding.verdict().action() == action) {
        String line = "  %s: %s".formatted(finding.table(), finding.verdict().reason());
        lines.append(Printable.line(line)).append('\n');
      }
    }
    return lines.isEmpty() ? "" : heading(heading) + lines;
  }

  private String traces() {
    return analysis
        .longTexts()
        .map(
            texts ->
                heading(LongTextsText.REFUSED)
                    + LongTextsText.refused(texts)
                    + heading(LongTextsText.COLUMNS)
                    + LongTextsText.columns(texts))
        .orElse("");
  }

  private String givenUp() {
    List<GivenUp> copies = analysis.givenUp();
    return copies.isEmpty()
        ? ""
        : heading("Copies that CrateDB gave up on, UNASSIGNED for good: " + copies.size())
            + GivenUpText.lines(copies);
  }

  private String advice() {
    int tables = analysis.toReset().size();
    return tables == 0
        ? "\nNothing qualifies for a reset.\n"
        : "\n%s to reset (worst replica above %s %% of its table's flush threshold).\n"
            .formatted(tables, analysis.thresholds().percentage());
  }

  private String hidden() {
    return analysis
        .hidden()
        .note(analysis.cluster().user())
        .map(note -> "\n" + terminal.paint(Color.BAD, "Not seen: ") + Printable.line(note) + "\n")
        .orElse("");
  }

  private String heading(String text) {
    return "\n" + terminal.paint(Color.HEADING, text) + "\n";
  }

  private static boolean qualifies(Finding finding) {
    return finding.verdict().action() == Action.RESET;
  }

  private static Object orUnknown(Optional<?> value) {
    return value.isPresent() ? value.get() : "?";
  }
}
