package xmover.web;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import xmover.Command;

/**
 * The Chromium of the system's packages: one for all tests, a new page for each. Tests that need it
 * are skipped where it or its driver is missing; nothing is ever downloaded.
 */
final class Chromium implements ExecutionCondition, ParameterResolver {
  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--lang=en");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Stream.of("chromium", "chromedriver")
        .filter(program -> Command.installed(program).isEmpty())
        .findFirst()
        .map(program -> ConditionEvaluationResult.disabled(program + " is not installed"))
        .orElseGet(() -> ConditionEvaluationResult.enabled("installed"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LivePage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getRoot()
            .getStore(Namespace.create(Chromium.class))
            .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
    return LivePage.fresh(running.driver());
  }

  /** Ends when all tests have. */
  private record Running(ChromeDriver driver, Path profile) implements AutoCloseable {
    /** Would warn that it knows no protocol of so new a Chromium; nothing here needs one. */
    private static final Logger PROTOCOLS = Logger.getLogger("org.openqa.selenium.devtools");

    static Running start() {
      PROTOCOLS.setLevel(Level.SEVERE);
      try {
        Path profile = Files.createTempDirectory("chromium");
        var service =
            new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver"))
                .usingAnyFreePort()
                .build();
        return new Running(new ChromeDriver(service, options(profile)), profile);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static ChromeOptions options(Path profile) {
      var logs = new LoggingPreferences();
      logs.enable(LogType.BROWSER, Level.ALL);
      var options = new ChromeOptions();
      options.setBinary(program("chromium"));
      options.addArguments(FLAGS);
      options.addArguments("--user-data-dir=" + profile);
      options.setCapability("goog:loggingPrefs", logs);
      options.setExperimentalOption("prefs", Map.of("credentials_enable_service", false));
      return options;
    }

    private static File program(String name) {
      Optional<Path> found = Command.installed(name);
      return found.orElseThrow().toFile();
    }

    @Override
    public void close() throws IOException {
      driver.quit();
      try (Stream<Path> files = Files.walk(profile)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
