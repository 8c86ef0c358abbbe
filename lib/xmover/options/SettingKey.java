package xmover.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.cluster.connection.InvalidSettings;

/** What a settings file may set: options that commands share, and variables. */
public final class SettingKey {
  /** The variable that says where to connect. */
  static final String CONNECT = "CRATE_CONNECTION_STRING";

  /** The variables that may stand in a file by their name. */
  static final List<String> VARIABLES =
      List.of(
          CONNECT,
          "CRATE_JWT",
          "CRATE_JWT_FILE",
          "CRATE_PASSWORD",
          "CRATE_PASSWORD_FILE",
          "CRATE_SSL_VERIFY",
          "CRATE_USERNAME",
          "XMOVER_ALERTMANAGER_LOGIN",
          "XMOVER_ALERTMANAGER_LOGIN_FILE",
          "XMOVER_PUSH_GATEWAY_LOGIN",
          "XMOVER_PUSH_GATEWAY_LOGIN_FILE",
          "XMOVER_TOKEN",
          "XMOVER_TOKEN_FILE",
          "XMOVER_WEBHOOK_LOGIN",
          "XMOVER_WEBHOOK_LOGIN_FILE");

  private static final String EACH_TIME =
      "it is for one moment, and a file would answer for every later one";

  /** What has to be typed each time, and why. */
  private static final Map<String, String> TYPED =
      Map.ofEntries(
          Map.entry("yes", EACH_TIME),
          Map.entry("force", EACH_TIME),
          Map.entry("debug", EACH_TIME),
          Map.entry("takeover", EACH_TIME),
          Map.entry("ignore-gate", "a gate is overridden for what was seen, and not for later"),
          Map.entry("allow-cleartext-password", EACH_TIME),
          Map.entry("dry-run", "what looks like a run would be none"),
          Map.entry("output", "each command has forms of its own"),
          Map.entry("settings", "it names the file"),
          Map.entry("profile", "it is chosen by --profile or XMOVER_PROFILE"),
          Map.entry("help", "it is a question"),
          Map.entry("help-all", "it is a question"),
          Map.entry("version", "it is a question"));

  private SettingKey() {}

  /** All that may be set, options without their dashes. */
  public static Set<String> all() {
    return Stream.concat(
            HelpGroup.named().stream()
                .map(name -> name.substring(2))
                .filter(name -> !TYPED.containsKey(name)),
            VARIABLES.stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Holds that a line of a file may be there.
   *
   * @throws InvalidSettings when it may not
   */
  static void check(Path file, String key, String name) {
    if (TYPED.containsKey(name)) {
      throw new InvalidSettings(
          "The settings file %s sets '%s', which can only be typed: %s. Take it out."
              .formatted(file, key, TYPED.get(name)));
    }
    if (!all().contains(name)) {
      String near = Nearest.to(name, all()).stream().collect(Collectors.joining(" or "));
      throw new InvalidSettings(
          "The settings file %s sets '%s', which is no setting: %s."
              .formatted(
                  file,
                  key,
                  near.isEmpty() ? "xmover settings --list lists them" : "did you mean " + near));
    }
  }

  /** The variable that says the same as an option; else the name itself. */
  static String variable(String name) {
    return name.equals("connect") ? CONNECT : name;
  }

  /** What a weaker place may not set beside this one: one way in is chosen as a whole. */
  static List<String> rivals(String name) {
    String stem = name.replaceFirst("_FILE$", "");
    return stem.equals("CRATE_PASSWORD") || stem.equals("CRATE_JWT")
        ? List.of("CRATE_PASSWORD", "CRATE_PASSWORD_FILE", "CRATE_JWT", "CRATE_JWT_FILE")
        : List.of(stem, stem + "_FILE");
  }

  /** The option that one which is switched on takes the meaning from; empty for none. */
  static String opposite(Setting flag) {
    if (!flag.value().equalsIgnoreCase("true")) {
      return "";
    }
    return switch (flag.name()) {
      case "quiet" -> "verbose";
      case "verbose" -> "quiet";
      default -> "";
    };
  }
}
