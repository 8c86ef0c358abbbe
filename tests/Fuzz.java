///usr/bin/env jbang "$0" "$@" ; exit $?
// Tries the promises of the fuzzed tests with inputs that Jazzer finds, guided by what they reach:
//   ./jbang tests/Fuzz.java --list
//   ./jbang tests/Fuzz.java '.*FuzzedJournalTest.*' --minutes 5
//   ./jbang tests/Fuzz.java '.*every_entry_counts.*' --input out/fuzz/…/crash-…
//JAVA 17+
//SOURCES AllTests.java
//DEPS com.code-intelligence:jazzer:0.24.0

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import xmover.Repository;
import xmover.fuzz.GuidedTries;

/** Exit code 0 when every promise held, 1 when one was broken, 2 when there was none to try. */
@Command(
    name = "./jbang tests/Fuzz.java",
    sortOptions = false,
    description = {
      "Tries the promises of the fuzzed tests with inputs that Jazzer finds, one after the other.",
      ""
    },
    footerHeading = "%nExit codes: 0 all held, 1 one was broken, 2 there is none such.%n",
    footer = "Inputs, the log and what broke a promise: out/fuzz/NAME.%n")
public class Fuzz implements Callable<Integer> {
  /** What Jazzer would watch beside: addresses, files, patterns. Tests have those on purpose. */
  private static final String SANITIZERS =
      Stream.of(
              "Deserialization",
              "ExpressionLanguageInjection",
              "LdapInjection",
              "NamingContextLookup",
              "OsCommandInjection",
              "ReflectiveCall",
              "RegexInjection",
              "ScriptEngineInjection",
              "ServerSideRequestForgery",
              "SqlInjection",
              "XPathInjection")
          .map("com.code_intelligence.jazzer.sanitizers."::concat)
          .reduce((some, one) -> some + ":" + one)
          .orElseThrow();

  private static final Pattern PROGRESS =
      Pattern.compile("#(\\d+)\\s+\\S+\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+).*");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TEST_REGEX",
      defaultValue = ".*",
      description = "Only tests with such a name, class included. Default: all.")
  private Pattern tests;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "1",
      description = "How long for each. Default: ${DEFAULT-VALUE}")
  private double minutes;

  @Option(names = "--input", paramLabel = "FILE", description = "Only this input, once.")
  private Path input;

  @Option(names = "--list", description = "Only tells which tests there are.")
  private boolean list;

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean help;

  public static void main(String... args) {
    System.exit(new CommandLine(new Fuzz()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> chosen = GuidedTries.all();
    chosen.keySet().removeIf(name -> !tests.matcher(name).matches());
    boolean broken = false;
    for (Map.Entry<String, String> test : chosen.entrySet()) {
      if (list) {
        System.out.println(test.getKey());
      } else {
        broken |= !held(test.getKey(), test.getValue());
      }
    }
    return chosen.isEmpty() ? 2 : broken ? 1 : 0;
  }

  private boolean held(String name, String id) throws IOException, InterruptedException {
    Path folder = Repository.root().resolve("out/fuzz").resolve(name.replace('#', '-'));
    Path log = Files.createDirectories(folder).resolve("log");
    int code =
        new ProcessBuilder(jazzer(name, id, folder))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    List<String> said = Files.readAllLines(log, ISO_8859_1);
    System.out.printf("%s %s%s%n", code == 0 ? "held  " : "BROKEN", name, figures(said));
    if (code != 0) {
      said.stream().filter(Fuzz::tells).limit(4).forEach(line -> System.out.println("  " + line));
      System.out.println("  " + log);
    }
    return code == 0;
  }

  private List<String> jazzer(String name, String id, Path folder) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path sound = Files.createDirectories(folder.resolve("sound"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Xmx1g"));
    command.add("-Dkeystore.pkcs12.keyPbeIterationCount=1");
    command.add("-D" + GuidedTries.TEST + "=" + id);
    command.add("-D" + GuidedTries.SOUND + "=" + sound);
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + GuidedTries.class.getName());
    command.add("--instrumentation_includes=xmover.**:cratesim.**:com.fasterxml.jackson.core.**");
    // Else Jazzer would learn from a test's own assertions which words to put into its input.
    String tests = "xmover.fuzz.**:" + name.substring(0, name.lastIndexOf('.')) + "**";
    command.add("--instrumentation_excludes=" + tests);
    command.add("--custom_hook_excludes=" + tests);
    command.add("--disabled_hooks=" + SANITIZERS);
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + "/");
    command.add("-timeout=60");
    if (input == null) {
      command.add("-max_total_time=" + Math.round(minutes * 60));
      command.addAll(List.of(corpus.toString(), sound.toString()));
    } else {
      command.add(input.toString());
    }
    return command;
  }

  private static String figures(List<String> said) {
    return said.stream()
        .map(PROGRESS::matcher)
        .filter(line -> line.matches())
        .reduce((earlier, later) -> later)
        .map(
            last ->
                ": %s tries, coverage %s, %s inputs kept"
                    .formatted(last.group(1), last.group(2), last.group(4)))
        .orElse("");
  }

  private static boolean tells(String line) {
    return line.startsWith("== Java Exception") || line.contains("Test unit written to");
  }
}
