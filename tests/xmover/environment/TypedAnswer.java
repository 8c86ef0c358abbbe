package xmover.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Terminal;

/** A terminal at which somebody always types the same. */
public final class TypedAnswer implements Console {
  private final List<String> asked = new ArrayList<>();
  private final String answer;

  public TypedAnswer(String answer) {
    this.answer = answer;
  }

  @Override
  public boolean isTerminal() {
    return true;
  }

  @Override
  public String answer(String question) {
    asked.add(question);
    return answer;
  }

  @Override
  public Optional<Terminal> behindStderr() {
    return Optional.empty();
  }

  /** The questions. */
  public List<String> asked() {
    return asked;
  }
}
