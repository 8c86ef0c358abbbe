package xmover.observe;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import xmover.observe.LogOutput.Severity;
import xmover.reset.GateVerdict;
import xmover.reset.GateVerdict.Answer;
import xmover.reset.ResetListener;
import xmover.reset.TableResult;
import xmover.table.Finding;
import xmover.table.TableRef;

/** Logs the gates that are not open, ignored ones and those that are waited for too. */
public final class GateLogger implements ResetListener {
  private final LogLines lines;

  /** What was said of a table already: a gate is asked before each remedy of it. */
  private final Map<TableRef, Set<GateVerdict>> said = new HashMap<>();

  public GateLogger(LogLines lines) {
    this.lines = lines;
  }

  @Override
  public void awaiting(Finding finding, GateVerdict gate) {
    lines.log(
        Severity.INFO,
        "awaiting",
        finding.table(),
        "%s: waiting until this is over: %s".formatted(finding.table(), gate.reason()),
        json -> json.put("gate", gate.gate()).put("reason", gate.reason()));
  }

  @Override
  public void gates(Finding finding, List<GateVerdict> verdicts) {
    for (GateVerdict verdict : verdicts) {
      if (verdict.answer() != Answer.OPEN && isNews(finding, verdict)) {
        lines.log(
            verdict.answer() == Answer.TOLD ? Severity.INFO : Severity.WARN,
            "gate",
            finding.table(),
            "%s: gate %s: %s".formatted(finding.table(), verdict.answer(), verdict),
            json ->
                json.put("gate", verdict.gate())
                    .put("answer", verdict.answer().name())
                    .put("reason", verdict.reason())
                    .put("remedy", verdict.remedy()));
      }
    }
  }

  private boolean isNews(Finding finding, GateVerdict verdict) {
    return said.computeIfAbsent(finding.table(), table -> new HashSet<>()).add(verdict);
  }

  @Override
  public void ended(TableResult result) {
    said.remove(result.finding().table());
  }
}
