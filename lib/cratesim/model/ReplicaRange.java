package cratesim.model;

import cratesim.sql.Errors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many replicas a {@code number_of_replicas} means on a cluster of some size. */
public final class ReplicaRange {
  private static final Pattern FORM = Pattern.compile("(\\d+)(?:-(\\d+|all))?");

  private ReplicaRange() {}

  /** Refuses what CrateDB refuses, with its words. */
  static void check(String setting) throws SqlError {
    if (setting.matches("-\\d+")) {
      throw Errors.invalid(
          "Failed to parse value [" + setting + "] for setting [number_of_replicas] must be >= 0");
    }
    Matcher matcher = FORM.matcher(setting);
    if (!matcher.matches()) {
      throw Errors.invalid("The \"number_of_replicas\" range \"" + setting + "\" isn't valid");
    }
    String max = matcher.group(2);
    if (max != null && !max.equals("all") && number(matcher.group(1)) > number(max)) {
      throw Errors.invalid(
          "[index.auto_expand_replicas] minReplicas must be =< maxReplicas but wasn't "
              + matcher.group(1)
              + " > "
              + max);
    }
  }

  /** False for a range that follows the nodes. */
  public static boolean isFixed(String setting) {
    return !setting.contains("-");
  }

  /** The replicas there are in any case. */
  public static int least(String setting) {
    return replicas(setting, 1);
  }

  /** A range follows the data nodes, a fixed number does not. */
  public static int replicas(String setting, int dataNodes) {
    Matcher matcher = FORM.matcher(setting);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a number_of_replicas value: '" + setting + "'");
    }
    int min = number(matcher.group(1));
    String max = matcher.group(2);
    if (max == null) {
      return min;
    }
    int possible = Math.max(0, dataNodes - 1);
    return Math.max(min, max.equals("all") ? possible : Math.min(number(max), possible));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
