package xmover.observe;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a service beside the cluster listens: an http or https URL without user and query. */
public record ServiceUrl(URI uri) {
  /**
   * Reads what an operator typed.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public static ServiceUrl of(String text) {
    try {
      return new ServiceUrl(new URI(text));
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(
          "'" + text + "' is no URL like http://host:9093", malformed);
    }
  }

  public ServiceUrl {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("'" + uri + "' is no URL like http://host:9093");
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "the URL of " + uri.getHost() + " holds a user: the process list would show it");
    }
  }

  /** The URL of a path under this one. */
  public String under(String path) {
    String base = uri.toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
