package xmover.options;

import picocli.CommandLine.Option;
import xmover.detect.Analysis;
import xmover.json.AnalysisCsv;
import xmover.json.AnalysisJson;
import xmover.json.Json;
import xmover.print.AnalysisText;
import xmover.print.Terminal;

/** In which form a result is printed. */
public final class OutputArguments {
  /** The forms: text for people, the others for programs. */
  public enum Form {
    text,
    json,
    csv;

    /** The analysis in this form. */
    public String render(Analysis analysis, Terminal terminal) {
      return switch (this) {
        case text -> new AnalysisText(analysis, terminal).render();
        case json -> Json.pretty(AnalysisJson.of(analysis));
        case csv -> AnalysisCsv.of(analysis);
      };
    }
  }

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "text",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). json and csv have sizes in bytes;"
              + " csv is a row per table or partition.")
  private Form form = Form.text;

  /** As typed. */
  public Form form() {
    return form;
  }
}
