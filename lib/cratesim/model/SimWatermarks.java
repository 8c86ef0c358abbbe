package cratesim.model;

import cratesim.sql.Errors;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The disk watermarks: percentages of used space or ratios, or bytes that must stay free. */
public record SimWatermarks(String low, String high, String flood) {
  private static final String SETTING = "cluster.routing.allocation.disk.watermark.";

  public static SimWatermarks of(SimSettings settings) {
    return new SimWatermarks(
        settings.text(SETTING + "low"),
        settings.text(SETTING + "high"),
        settings.text(SETTING + "flood_stage"));
  }

  static boolean isOne(String setting) {
    return setting.startsWith(SETTING);
  }

  /** Refuses a text that is neither a percentage nor a size. */
  static void checkForm(String setting, String text) throws SqlError {
    if (!isPercentage(text) && !isBytes(text)) {
      throw Errors.invalid(
          "failed to parse setting [" + setting + "] with value [" + text + "] as a size in bytes");
    }
  }

  /** Refuses a mixture of percentages and bytes, and a wrong order. */
  void check() throws SqlError {
    if (isPercentage(low) && isPercentage(high) && isPercentage(flood)) {
      checkOrder("more", percent(low) > percent(high), percent(high) > percent(flood));
    } else if (isBytes(low) && isBytes(high) && isBytes(flood)) {
      checkOrder(
          "less", ByteSize.of(low) < ByteSize.of(high), ByteSize.of(high) < ByteSize.of(flood));
    } else {
      throw Errors.invalid(
          "unable to consistently parse [%slow=%s], [%shigh=%s], and [%sflood_stage=%s] as"
                  .formatted(SETTING, low, SETTING, high, SETTING, flood)
              + " percentage or bytes");
    }
  }

  private void checkOrder(String relation, boolean lowWrong, boolean highWrong) throws SqlError {
    if (lowWrong) {
      throw Errors.invalid(
          "low disk watermark [%s] %s than high disk watermark [%s]"
              .formatted(low, relation, high));
    }
    if (highWrong) {
      throw Errors.invalid(
          "high disk watermark [%s] %s than flood stage disk watermark [%s]"
              .formatted(high, relation, flood));
    }
  }

  /** Why a disk has no room for a shard, in CrateDB's words; null when it has. */
  public @Nullable String refusal(long size, long free, long shard) {
    return isPercentage(high) ? byPercentage(size, free, shard) : byBytes(free, shard);
  }

  private @Nullable String byPercentage(long size, long free, long shard) {
    double freePercent = 100.0 * free / size;
    if (freePercent < 100 - percent(low)) {
      return "the node is above the low watermark cluster setting [%slow=%s], using more disk space"
              .formatted(SETTING, low)
          + " than the maximum allowed [%s%%], actual free: [%s%%]"
              .formatted(percent(low), freePercent);
    }
    double after = 100.0 * (free - shard) / size;
    return after >= 100 - percent(high)
        ? null
        : aboveHigh()
            + "cause it to use more disk space than the maximum allowed [%s%%] (free space after"
                .formatted(percent(high))
            + " shard added: [%s%%])".formatted(after);
  }

  private @Nullable String byBytes(long free, long shard) {
    if (free < ByteSize.of(low)) {
      return "the node is above the low watermark cluster setting [%slow=%s], having less than the"
              .formatted(SETTING, low)
          + " minimum required [%s] free space, actual free: [%s]".formatted(low, shown(free));
    }
    return free - shard >= ByteSize.of(high)
        ? null
        : aboveHigh()
            + "cause it to have less than the minimum required [%s] of free space (free: [%s],"
                .formatted(high, shown(free))
            + " estimated shard size: [%s])".formatted(shown(shard));
  }

  private String aboveHigh() {
    return "allocating the shard to this node will bring the node above the high watermark cluster"
        + " setting [%shigh=%s] and ".formatted(SETTING, high);
  }

  private static String shown(long bytes) {
    return String.format(Locale.ROOT, "%.1fgb", bytes / (double) (1L << 30));
  }

  private static boolean isPercentage(String text) {
    return text.matches("(100|\\d{1,2})(\\.\\d+)?%|[01](\\.\\d+)?") && percent(text) <= 100;
  }

  private static double percent(String text) {
    return text.endsWith("%")
        ? Double.parseDouble(text.substring(0, text.length() - 1))
        : 100 * Double.parseDouble(text);
  }

  private static boolean isBytes(String text) {
    try {
      return ByteSize.of(text) >= 0 && !text.contains("%");
    } catch (IllegalArgumentException noSize) {
      return false;
    }
  }
}
