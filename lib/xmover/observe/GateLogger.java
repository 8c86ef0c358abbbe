package xmover.observe;

import java.util.List;
import xmover.observe.LogOutput.Severity;
import xmover.reset.GateVerdict;
import xmover.reset.GateVerdict.Answer;
import xmover.reset.ResetListener;
import xmover.table.Finding;

/** Logs the gates that are not open, ignored ones and those that are waited for too. */
public final class GateLogger implements ResetListener {
  private final LogLines lines;

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
      if (verdict.answer() != Answer.OPEN) {
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
}
