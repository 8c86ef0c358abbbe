package xmover.table;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What CrateDB itself knows a table or partition by. It outlasts RENAME and SWAP, and what is
 * dropped and created again has another one.
 */
public record IndexUuid(String text) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public IndexUuid {
    if (!VALID.matcher(text).matches()) {
      throw new IllegalArgumentException("not an index uuid: '" + text + "'");
    }
  }

  /**
   * Reads the uuid itself, or the path of a shard, whose last but one part it is: {@code
   * …/indices/2ynQ0y58Rz-Co2PojY4Feg/0}. Empty for anything else.
   */
  public static Optional<IndexUuid> in(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    String[] parts = text.split("[/\\\\]", -1);
    String uuid = parts[Math.max(0, parts.length - 2)];
    return VALID.matcher(uuid).matches() ? Optional.of(new IndexUuid(uuid)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
