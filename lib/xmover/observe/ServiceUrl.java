package xmover.observe;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a service beside the cluster listens: an http or https URL without user and query. Its path
 * may be a secret, as that of a chat's webhook is: it is never printed.
 */
public record ServiceUrl(URI uri) {
  private static final String ANY_PATH = "/…";

  /**
   * Reads what an operator typed.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public static ServiceUrl of(String text) {
    try {
      return new ServiceUrl(new URI(text));
    } catch (URISyntaxException malformed) {
      // It is no cause: its message repeats the text.
      throw refused(text);
    }
  }

  public ServiceUrl {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw refused(uri.toString());
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "the URL of " + uri.getHost() + " holds a user: the process list would show it");
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "the URL of " + uri.getHost() + " has a query or a fragment: it ends with its path");
    }
  }

  private static IllegalArgumentException refused(String typed) {
    String shown = typed.contains("@") ? "what holds an @" : "'" + withoutPath(typed) + "'";
    return new IllegalArgumentException(shown + " is no URL like http://host:9093");
  }

  /** A sentence that may repeat what was typed, each URL in it without what may be a secret. */
  public static String hiddenInAny(String sentence) {
    // What was typed stands in quotes, and may hold spaces, and quotes as well.
    return sentence
        .replaceAll("((?<!\\w)'[^']*?\\w+://).*@[^']*", "$1…")
        .replaceAll("((?<!\\w)'[^']*?\\w+://[^\\s'/?#]*)[/?#][^']+'", "$1" + ANY_PATH + "'")
        .replaceAll("(\\w+://)[^\\s']*@[^\\s']*", "$1…")
        .replaceAll("(\\w+://[^\\s'/?#]*)[/?#][^\\s']+", "$1" + ANY_PATH);
  }

  private static String withoutPath(String typed) {
    return typed.replaceFirst("(?s)^((?:[^/?#]*//)?[^/?#]*)[/?#].+", "$1" + ANY_PATH);
  }

  /** The URL of a path under this one. */
  public ServiceUrl under(String path) {
    String base = uri.toString();
    String stem = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return new ServiceUrl(URI.create(stem + path));
  }

  /**
   * What a client or a server said of it, without the path, and without a beginning of it: a proxy
   * tells what it was configured with.
   */
  public String hiddenIn(String sentence) {
    String hidden = sentence;
    String raw = uri.getRawPath();
    for (int end = raw.length(); end > 1; end = raw.lastIndexOf('/', end - 1)) {
      String decoded = URI.create("http://host" + raw.substring(0, end)).getPath();
      hidden = hidden.replace(raw.substring(0, end), ANY_PATH).replace(decoded, ANY_PATH);
    }
    return hidden;
  }

  private boolean hasPath() {
    return uri.getPath().length() > 1;
  }

  /** Scheme, host and port. */
  @Override
  public String toString() {
    return uri.getScheme() + "://" + uri.getAuthority() + (hasPath() ? ANY_PATH : "");
  }
}
