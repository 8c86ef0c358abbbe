package xmover.environment;

import java.util.Optional;
import org.jline.terminal.Terminal;

/** The terminal somebody sits at. */
public interface Console {
  /** A pipe or a file on each side, and nobody to ask. */
  Console NONE =
      new Console() {
        @Override
        public boolean isTerminal() {
          return false;
        }

        @Override
        public String answer(String question) {
          throw new IllegalStateException("nobody is there to be asked");
        }

        @Override
        public Optional<Terminal> behindStderr() {
          return Optional.empty();
        }
      };

  /** Whether what is printed goes to a terminal, and somebody types there. */
  boolean isTerminal();

  /** Asks, and waits for a line; empty when nobody answers. */
  String answer(String question);

  /** The terminal behind stderr, where it can move its cursor; whoever asks closes it. */
  Optional<Terminal> behindStderr();
}
