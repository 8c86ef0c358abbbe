package xmover.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;
import xmover.Repository;

/** The live page in a real browser, as somebody sees it who looks, waits, clicks and types. */
final class LivePage {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  final ChromeDriver driver;

  private LivePage(ChromeDriver driver) {
    this.driver = driver;
  }

  /** A desktop in daylight, without what an earlier page left. */
  static LivePage fresh(ChromeDriver driver) {
    var page = new LivePage(driver);
    driver.get("about:blank");
    page.online(true);
    page.screen(1280, 900, false);
    page.media("light");
    page.complaints();
    return page;
  }

  LivePage open(int port) {
    driver.get("http://127.0.0.1:" + port + "/");
    return this;
  }

  /** Opens it and waits until it shows something. */
  LivePage live(ServedRun served) {
    open(served.port()).sees("#connection", "Live");
    sees("#phase", ".+");
    return this;
  }

  void screen(int width, int height, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  void media(String scheme) {
    Object features =
        List.of(
            Map.of("name", "prefers-color-scheme", "value", scheme),
            Map.of("name", "prefers-reduced-motion", "value", "reduce"));
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
  }

  void online(boolean online) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", !online, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** What can be read there; empty when it is hidden. */
  String text(String selector) {
    return find(selector).getText();
  }

  List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
  }

  /** Waits until a part of the text there fits. */
  void sees(String selector, String regex) {
    var pattern = Pattern.compile(regex, Pattern.DOTALL);
    until(selector + " ~ " + regex, () -> pattern.matcher(text(selector)).find(), selector);
  }

  void seesNo(String selector) {
    until("no " + selector, () -> !find(selector).isDisplayed(), selector);
  }

  void until(String what, Supplier<Boolean> condition, String shown) {
    try {
      new WebDriverWait(driver, PATIENCE, Duration.ofMillis(40))
          .ignoreAll(
              List.of(
                  StaleElementReferenceException.class,
                  org.openqa.selenium.NoSuchElementException.class))
          .until(any -> condition.get());
    } catch (TimeoutException late) {
      throw new AssertionError(what + ", but: " + texts(shown) + " " + complaints(), late);
    }
  }

  /** The row of a table. */
  String row(String table) {
    return "#list > tr[data-table='" + table + "']";
  }

  /** What is below its row once it is opened. */
  String drawer(String table) {
    return row(table) + " + .drawer";
  }

  /** Opens the drawer of a table. */
  void look(String table) {
    sees(row(table) + " .name", ".");
    click(row(table) + " .name[aria-expanded=false]");
  }

  /** The names of the tables that have a row, in their order. */
  String rows() {
    return String.valueOf(
        script(
            "return [...document.querySelectorAll('#list > .row')]"
                + ".map(row => row.dataset.table).join(' ')"));
  }

  /** The states of the six steps of a table that is looked into, as screen readers have them. */
  List<String> steps(String table) {
    return driver.findElements(By.cssSelector(drawer(table) + " .steps li")).stream()
        .map(step -> step.getDomProperty("textContent"))
        .toList();
  }

  void click(String selector) {
    find(selector).click();
  }

  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Goes on with the tabulator until the focus is there. */
  void tabTo(String id) {
    for (int i = 0; i < 40 && !focus().equals(id); i++) {
      type(Keys.TAB);
    }
    if (!focus().equals(id)) {
      throw new AssertionError("the tabulator never comes to " + id);
    }
  }

  String focus() {
    return String.valueOf(driver.switchTo().activeElement().getDomAttribute("id"));
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** What the browser complained of since it was asked last: errors and breaches of the policy. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Keeps a picture of the whole page beside those of the same run of the tests. */
  void picture(String name) throws IOException {
    String folder = System.getenv("XMOVER_TEST_ARTIFACTS");
    Path kept =
        folder == null || folder.isEmpty()
            ? Repository.root().resolve("target/test-artifacts")
            : Path.of(folder);
    Files.createDirectories(kept);
    script("scrollTo(0, 0)");
    Object data =
        driver
            .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
            .get("data");
    Files.write(kept.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(data)));
  }
}
