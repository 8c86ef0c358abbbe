package xmover.suite;

import java.util.List;

/**
 * What a test may need outside this JVM, by its tag. Classes with such a tag run one at a time
 * beside those that stay in memory, and {@code --fast} leaves them out.
 */
public final class Outside {
  /** A process of its own, because the operating system is the promise: signals, locks, tools. */
  public static final String PROCESS = "process";

  /** Chromium, for the live page. */
  public static final String BROWSER = "browser";

  /** What the container image runs, built and started without an engine. */
  public static final String IMAGE = "image";

  /** The launcher and JBang, which compile scripts or fetch a catalog over HTTP. */
  public static final String WEB = "web";

  /** The real CrateDB that {@code XMOVER_TEST_CRATEDB} names. */
  public static final String CRATEDB = "cratedb";

  public static final List<String> TAGS = List.of(PROCESS, BROWSER, IMAGE, WEB, CRATEDB);

  /** Held by whichever class runs outside. */
  public static final String LOCK = "outside this JVM";

  private Outside() {}
}
