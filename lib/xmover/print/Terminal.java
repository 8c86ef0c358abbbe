package xmover.print;

/**
 * What the output goes to.
 *
 * @param columns how many characters fit in a line; 0 when it is no terminal and anything fits
 * @param colored whether a person with colours looks at it
 */
public record Terminal(int columns, boolean colored) {
  /** A pipe or file: no limit, no colours. */
  public static final Terminal NONE = new Terminal(0, false);

  /** The text in a colour, or as it is where nobody sees colours. */
  String paint(Color color, String text) {
    return colored ? "\u001b[" + color.code + "m" + text + "\u001b[0m" : text;
  }

  /** ANSI colours by what they mean here. */
  enum Color {
    HEADING("1"),
    BAD("31"),
    DIM("2");

    private final String code;

    Color(String code) {
      this.code = code;
    }
  }
}
