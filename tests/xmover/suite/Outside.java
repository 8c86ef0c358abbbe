package xmover.suite;

import java.util.List;

/**
 * What a test may need outside this JVM: its tag, and the name of a lock. Of the classes with the
 * same tag one runs at a time, beside others, but of those that start a process any number; {@code
 * --fast} leaves them all out.
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

  private Outside() {}
}
