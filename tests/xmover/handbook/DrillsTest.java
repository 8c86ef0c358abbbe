package xmover.handbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.Command;
import xmover.suite.NeedsProcess;

/**
 * What is typed into several terminals, as in a drill, answers as its page shows it: some 20
 * seconds of CPU, as what is promised are commands of a shell: their exit codes, kill -9, two
 * terminals.
 */
@NeedsProcess
class DrillsTest {
  private static final Pattern TERMINAL = Pattern.compile("# terminal (\\d)( goes on)?\\b.*");
  private static final Pattern LISTENS = Pattern.compile("(postgresql|http)://\\S*?:(\\d+)(/doc)?");

  @TempDir private Path folder;
  private final Map<String, Terminal> terminals = new HashMap<>();
  private final Map<String, String> ports = new HashMap<>();

  static List<String> drills() throws IOException {
    return Block.pages().stream()
        .filter(page -> Block.of(page).stream().anyMatch(DrillsTest::isForATerminal))
        .toList();
  }

  private static boolean isForATerminal(Block block) {
    return TERMINAL.matcher(block.text()).lookingAt();
  }

  @BeforeEach
  void psql() {
    assumeTrue(Command.installed("psql").isPresent(), "no psql");
  }

  @AfterEach
  void close() throws IOException {
    for (Terminal terminal : terminals.values()) {
      terminal.close();
    }
  }

  @ParameterizedTest
  @MethodSource("drills")
  void a_drill_goes_as_its_page_says(String page) throws IOException {
    List<Block> blocks = Block.of(page);
    Terminal used = null;
    for (Block block : blocks) {
      if (block.isTyped()) {
        used = type(block);
      } else {
        read(used, block);
      }
    }
    for (Terminal terminal : terminals.values()) {
      if (terminal != terminals.get("1")) {
        terminal.awaitPrompt();
      }
    }
  }

  /** A block begins with the terminal it is typed into. */
  private Terminal type(Block block) throws IOException {
    Matcher named = TERMINAL.matcher(block.lines().get(0));
    assertTrue(named.matches(), block::toString);
    String name = named.group(1);
    Terminal terminal = terminals.get(name);
    if (terminal == null) {
      terminal = new Terminal(folder, name, Shell.environment(folder));
      terminals.put(name, terminal);
    }
    if (named.group(2) != null) {
      return terminal;
    }
    terminal.begin(withPorts(block.text()));
    return terminal;
  }

  /** The ports of a page are often taken. */
  private String withPorts(String text) {
    String typed = text.replaceAll("-port \\d+", "-port 0");
    for (var port : ports.entrySet()) {
      typed = typed.replace(port.getKey(), port.getValue());
    }
    return typed;
  }

  private void read(Terminal terminal, Block shown) throws IOException {
    assertEquals("text", shown.language(), shown::toString);
    terminal.awaitShown(shown.lines());
    for (String line : terminal.lines()) {
      Matcher listens = LISTENS.matcher(line.strip());
      if (listens.matches()) {
        ports.put(listens.group(1).equals("http") ? "4209" : "5439", listens.group(2));
      }
    }
  }
}
