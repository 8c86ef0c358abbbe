package cratesim.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
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
    if (words.length == 2 && words[0].equalsIgnoreCase("bearer")) {
      return new HttpCredentials(userOf(words[1]), words[1]);
    }
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

  /** The one that a JSON web token names, as CrateDB takes it. */
  private static String userOf(String token) {
    try {
      byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
      return new JsonObject(Buffer.buffer(claims)).getString("username", "");
    } catch (RuntimeException malformed) {
      return "";
    }
  }
}
