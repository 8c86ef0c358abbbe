package xmover.options;

import picocli.CommandLine.Option;

/** Whether a result is printed for people or for programs. */
public final class JsonArguments {
  /** The forms. */
  enum Form {
    text,
    json
  }

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Form form = Form.text;

  public boolean isJson() {
    return form == Form.json;
  }
}
