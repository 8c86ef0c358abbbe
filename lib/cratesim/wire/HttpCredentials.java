package cratesim.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who an HTTP request says it comes from; the superuser {@code crate} where it says nothing. */
record HttpCredentials(String user, String password) {
  static HttpCredentials of(@Nullable String authorization) {
    if (authorization == null) {
      return new HttpCredentials("crate", "");
    }
    String[] words = authorization.trim().split(" +", 2);
    if (words.length < 2 || !words[0].equalsIgnoreCase("basic")) {
      return new HttpCredentials("", "");
    }
    try {
      var text = new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? new HttpCredentials(text, "")
          : new HttpCredentials(text.substring(0, colon), text.substring(colon + 1));
    } catch (IllegalArgumentException notBase64) {
      return new HttpCredentials("", "");
    }
  }
}
