package xmover.environment;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;

/** What is behind the streams of the process. */
final class ProcessConsole implements Console {
  /** Since JDK 22 there may be a console without a terminal, and a method to tell. */
  @Override
  @SuppressWarnings("SystemConsoleNull")
  public boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJdk) {
      return true;
    }
  }

  @Override
  public String answer(String question) {
    String line = Objects.requireNonNull(System.console()).readLine("%s", question);
    return Objects.requireNonNullElse(line, "");
  }

  @Override
  public Optional<Terminal> behindStderr() {
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              .systemOutput(SystemOutput.SysErr)
              .nativeSignals(false)
              .dumb(true)
              .build();
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        terminal.close();
        return Optional.empty();
      }
      return Optional.of(terminal);
    } catch (IOException none) {
      return Optional.empty();
    }
  }
}
