package xmover.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.InvalidSettings;

/**
 * Who may read and who may control. With a token set, both need it. Without one a server listens on
 * this machine only: anybody here may read, but only under a name of this machine, so that no web
 * page can get at it by a name of its own that leads here (DNS rebinding).
 *
 * @param reading empty when anybody may read
 * @param control empty when nobody may control
 */
public record Access(Optional<Token> reading, Optional<Token> control) {
  /**
   * The access to a server that listens there.
   *
   * @param token the one that was set
   * @param made the one for control where none was set; empty when there is nobody to tell it to
   * @throws InvalidSettings when other machines could read without a token
   */
  public static Access to(ServeAddress address, Optional<Token> token, Optional<Token> made) {
    if (token.isEmpty() && !address.isLoopback()) {
      throw new InvalidSettings(
          "--serve "
              + address
              + " can be reached from other machines: put a token into XMOVER_TOKEN_FILE or"
              + " XMOVER_TOKEN, or serve on this machine only (--serve "
              + address.port()
              + ").");
    }
    return new Access(token, token.or(() -> made));
  }

  boolean mayRead(@Nullable String authorization) {
    return reading.isEmpty() || reading.get().isShownBy(authorization);
  }

  boolean mayControl(@Nullable String authorization) {
    return control.filter(token -> token.isShownBy(authorization)).isPresent();
  }

  /** Whether the server answers under this name: any, where a token is asked for. */
  boolean answersTo(@Nullable String host) {
    return reading.isPresent()
        || (host != null && HostPort.isLoopback(host.replaceAll("[\\[\\]]", "")));
  }

  /**
   * Whether the server answers what a page asks: any, where a token is asked for, which no browser
   * shows by itself; else its own page, so that no other site can take the place of those who
   * listen.
   *
   * @param origin the site of the page; null when no page asks
   * @param host under which the server was asked
   */
  boolean answersPageOf(@Nullable String origin, @Nullable String host) {
    return reading.isPresent()
        || origin == null
        || origin.equals("http://" + host)
        || origin.equals("https://" + host);
  }
}
