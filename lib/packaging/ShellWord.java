package packaging;

/** A text as one word of a POSIX shell, whatever is in it. */
final class ShellWord {
  private ShellWord() {}

  static String of(Object text) {
    return "'" + text.toString().replace("'", "'\\''") + "'";
  }
}
