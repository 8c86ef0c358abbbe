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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.Command;
import xmover.suite.NeedsProcess;

/**
 * What is typed into several terminals, as in a drill, answers as its page shows it. Of a page that
 * kills a command each is a process of its own, some 10 seconds of CPU; of others all run in this
 * JVM. Pages wait beside each other.
 */
@NeedsProcess
class DrillsTest {
  private static final Pattern TERMINAL = Pattern.compile("# terminal (\\d)( goes on)?\\b.*");
  private static final Pattern LISTENS = Pattern.compile("(postgresql|http)://\\S*?:(\\d+)(/doc)?");

  @TempDir private Path folder;
  private final Map<String, Terminal> terminals = new HashMap<>();
  private final Map<String, String> ports = new HashMap<>();
  private SharedJvm jvm;
  private Map<String, String> environment;

  static List<String> drills() throws IOException {
    return Block.pages().stream()
        .filter(page -> Block.of(page).stream().anyMatch(DrillsTest::isForATerminal))
        .toList();
  }

  private static boolean isForATerminal(Block block) {
    return TERMINAL.matcher(block.text()).lookingAt();
  }

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Command.installed("psql").isPresent(), "no psql");
    jvm = new SharedJvm(folder);
  }

  @AfterEach
  void close() throws IOException {
    for (Terminal terminal : terminals.values()) {
      terminal.close();
    }
    jvm.close();
  }

  @ParameterizedTest
  @MethodSource("drills")
  @Execution(ExecutionMode.CONCURRENT)
  void a_drill_goes_as_its_page_says(String page) throws IOException {
    List<Block> blocks = Block.of(page);
    boolean kills = blocks.stream().anyMatch(block -> block.text().contains("-s KILL"));
    environment = kills ? Shell.environment(folder) : Shell.environment(folder, jvm);
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
      terminal = new Terminal(folder, name, environment);
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
