package xmover.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.InvalidSettings;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.SecretText;

/** Who posts to a service beside the cluster, by basic authentication: {@code user:password}. */
public record Login(Secret secret) {
  public Login {
    if (!secret.reveal().matches("[^:\\p{Cntrl}]+:[^\\p{Cntrl}]+")) {
      throw new IllegalArgumentException("no user:password in one line");
    }
  }

  /**
   * The one in {@code NAME_FILE}, else in {@code NAME}.
   *
   * @throws InvalidSettings when it is none, or would cross a network in the clear
   */
  public static Optional<Login> in(
      Map<String, String> environment,
      String name,
      SecretText.Files files,
      ServiceUrl url,
      boolean cleartextAllowed) {
    Optional<Login> login =
        SecretText.in(environment, name, "login", files).map(secret -> of(secret, name));
    boolean inTheClear = url.uri().getScheme().equals("http") && !isThisMachine(url);
    if (login.isPresent() && inTheClear && !cleartextAllowed) {
      throw new InvalidSettings(
          "The login in %s would be readable on the way to %s: write https, or allow it with --allow-cleartext-password."
              .formatted(name, url));
    }
    return login;
  }

  private static Login of(Secret secret, String name) {
    try {
      return new Login(secret);
    } catch (IllegalArgumentException refused) {
      // It is no cause, and tells nothing of the secret.
      throw new InvalidSettings(
          "The login in %s_FILE or %s must be user:password, in one line.".formatted(name, name));
    }
  }

  private static boolean isThisMachine(ServiceUrl url) {
    return HostPort.isLoopback(url.uri().getHost().replaceAll("[\\[\\]]", ""));
  }

  /** The value of the header {@code Authorization}. */
  String header() {
    return "Basic " + encoded();
  }

  private String encoded() {
    return Base64.getEncoder().encodeToString(secret.reveal().getBytes(UTF_8));
  }

  /** What a server said, should it repeat what it was told. */
  String hiddenIn(String sentence) {
    String password = secret.reveal().substring(secret.reveal().indexOf(':') + 1);
    return sentence.replace(encoded(), secret.toString()).replace(password, secret.toString());
  }
}
