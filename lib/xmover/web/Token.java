package xmover.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xmover.cluster.connection.InvalidSettings;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.SecretText;

/** What a caller has to show: {@code Authorization: Bearer …}. */
public record Token(Secret secret) {
  /** Shorter ones could be guessed. */
  private static final int SHORTEST = 16;

  private static final String BEARER = "Bearer ";
  private static final Pattern FITS_A_HEADER = Pattern.compile("[\\x21-\\x7e]+");

  public Token {
    if (secret.reveal().length() < SHORTEST || !FITS_A_HEADER.matcher(secret.reveal()).matches()) {
      throw new InvalidSettings(
          "The token in XMOVER_TOKEN_FILE or XMOVER_TOKEN must have %s characters or more, ASCII and no spaces: make one with openssl rand -hex 16"
              .formatted(SHORTEST));
    }
  }

  /** The one in {@code XMOVER_TOKEN_FILE}, else in {@code XMOVER_TOKEN}. */
  public static Optional<Token> in(Map<String, String> environment, SecretText.Files files) {
    return SecretText.in(environment, "XMOVER_TOKEN", "token", files).map(Token::new);
  }

  /** One that nobody can guess. */
  public static Token random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return new Token(new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
  }

  /** The value of the header {@code Authorization} that shows it. */
  public String header() {
    return BEARER + secret.reveal();
  }

  /** Whether a caller's header shows it; how long that takes tells nothing of the token. */
  boolean isShownBy(@Nullable String authorization) {
    return authorization != null && MessageDigest.isEqual(digest(header()), digest(authorization));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
