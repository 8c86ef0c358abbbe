package packaging;

import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** What completes the command's words in a shell. Picocli makes it for bash; zsh can use that. */
final class Completion {
  private Completion() {}

  /** For bash-completion, which reads it when the command is typed first. */
  static String bash(CommandLine commands) {
    return AutoComplete.bash(commands.getCommandName(), commands);
  }

  /** For a folder of zsh's {@code fpath}. */
  static String zsh(CommandLine commands, Path bash) {
    String name = commands.getCommandName();
    return """
    #compdef %1$s
    # What completes in bash does here, too.
    autoload -U +X bashcompinit && bashcompinit
    whence compopt >/dev/null || compopt() { :; }
    source %2$s
    _bash_complete -o default -F _complete_%1$s
    """
        .formatted(name, shellWord(bash));
  }

  /** A text as one word of a POSIX shell, whatever is in it. */
  static String shellWord(Object text) {
    return "'" + text.toString().replace("'", "'\\''") + "'";
  }
}
