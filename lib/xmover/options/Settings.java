package xmover.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;

/**
 * What is set without being typed: by variables, by a profile of a file, by the file itself, the
 * first of them first. An option that is typed beats them all.
 */
public final class Settings implements IDefaultValueProvider {
  /** Names the file; so does {@code --settings}. */
  static final String FILE = "XMOVER_SETTINGS";

  /** Names the profile; so does {@code --profile}. */
  static final String PROFILE = "XMOVER_PROFILE";

  /** Variables that say what colours there are. */
  private static final List<String> COLORS = List.of("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE");

  /** None at all. */
  static final Settings NONE =
      new Settings(List.of(), List.of(), new TreeMap<>(), Optional.empty(), Optional.empty());

  private final List<String> arguments;
  private final List<Setting> variables;
  private final Map<String, Setting> filed;
  private final Optional<Path> file;
  private final Optional<String> warning;

  private Settings(
      List<String> arguments,
      List<Setting> variables,
      Map<String, Setting> filed,
      Optional<Path> file,
      Optional<String> warning) {
    this.arguments = List.copyOf(arguments);
    this.variables = List.copyOf(variables);
    this.filed = filed;
    this.file = file;
    this.warning = warning;
  }

  /**
   * Reads what is around a command line that nobody has taken apart yet.
   *
   * @throws InvalidSettings when a file or a profile that was named is missing, or makes no sense
   */
  static Settings read(Environment environment, List<String> arguments) {
    Optional<String> named = either("--settings", FILE, environment, arguments);
    Optional<String> profile = either("--profile", PROFILE, environment, arguments);
    List<Setting> variables = new ArrayList<>();
    Stream.concat(SettingKey.VARIABLES.stream(), Stream.of(FILE, PROFILE))
        .filter(name -> !environment.variable(name).isEmpty())
        .forEach(
            name -> variables.add(new Setting(name, environment.variable(name), "a variable")));
    Path file = named.map(typed -> file(environment, typed)).orElseGet(() -> usual(environment));
    Map<String, String> properties = SettingsFile.read(file, named.isPresent());
    if (properties == null && profile.isPresent()) {
      throw new InvalidSettings(
          "There is no profile '%s', as there is no settings file %s: write one, or name another with --settings."
              .formatted(profile.get(), file));
    }
    if (properties == null) {
      return new Settings(
          arguments, variables, new TreeMap<>(), Optional.empty(), Optional.empty());
    }
    var filed = filed(file, properties, profile);
    variables.forEach(set -> SettingKey.rivals(set.name()).forEach(filed::remove));
    filed.computeIfPresent(SettingKey.CONNECT, (name, set) -> set.beside(variables));
    if (COLORS.stream().anyMatch(name -> !environment.variable(name).isEmpty())) {
      filed.remove("color");
    }
    return new Settings(arguments, variables, filed, Optional.of(file), warning(file, properties));
  }

  private static Path file(Environment environment, String typed) {
    try {
      return environment.file(typed);
    } catch (InvalidPathException impossible) {
      throw new InvalidSettings("What --settings or XMOVER_SETTINGS names can't be a file's path.");
    }
  }

  /** {@code $XDG_CONFIG_HOME/xmover}, or {@code ~/.config/xmover} without it. */
  private static Path usual(Environment environment) {
    Path home = environment.home();
    Path config = home.getFileSystem().getPath(environment.variable("XDG_CONFIG_HOME"));
    // The XDG specification says to ignore a relative path.
    Path folder = config.isAbsolute() ? config : home.resolve(".config");
    return folder.resolve("xmover").resolve("xmover.properties");
  }

  private static Optional<String> either(
      String option, String variable, Environment environment, List<String> arguments) {
    String typed = CommonArguments.typed(option, arguments);
    if (typed.isEmpty() && CommonArguments.isTyped(option, arguments)) {
      throw new InvalidSettings(option + " names nothing: name something, or leave it out.");
    }
    return Stream.of(typed, environment.variable(variable))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /** What counts of a file; everything in it must make sense, other profiles included. */
  private static Map<String, Setting> filed(
      Path file, Map<String, String> properties, Optional<String> profile) {
    Map<String, Setting> common = new TreeMap<>();
    Map<String, Setting> own = new TreeMap<>();
    Set<String> profiles = new TreeSet<>();
    for (String key : properties.keySet()) {
      int dot = key.lastIndexOf('.');
      String name = key.substring(dot + 1);
      SettingKey.check(file, key, name);
      String value = String.valueOf(properties.get(key));
      if (dot < 0) {
        common.put(SettingKey.variable(name), new Setting(name, value, file.toString()));
        continue;
      }
      profiles.add(key.substring(0, dot));
      if (profile.filter(key.substring(0, dot)::equals).isPresent()) {
        String from = "profile " + profile.get() + " of " + file;
        own.put(SettingKey.variable(name), new Setting(name, value, from));
      }
    }
    if (profile.filter(asked -> !profiles.contains(asked)).isPresent()) {
      throw new InvalidSettings(
          "The settings file %s has no profile '%s': %s."
              .formatted(
                  file,
                  profile.get(),
                  profiles.isEmpty()
                      ? "it has none; a line such as %s.connect=… begins one"
                          .formatted(profile.get())
                      : "it has " + String.join(", ", profiles)));
    }
    own.keySet().forEach(set -> SettingKey.rivals(set).forEach(common::remove));
    own.values().forEach(flag -> common.remove(SettingKey.opposite(flag)));
    common.computeIfPresent(SettingKey.CONNECT, (name, set) -> set.beside(own.values()));
    common.putAll(own);
    common.values().removeIf(setting -> setting.value().isEmpty());
    return common;
  }

  /** That others may read what holds a secret. */
  private static Optional<String> warning(Path file, Map<String, String> properties) {
    boolean secret =
        properties.entrySet().stream()
            .map(
                line ->
                    new Setting(
                        line.getKey().substring(line.getKey().lastIndexOf('.') + 1),
                        line.getValue(),
                        ""))
            .anyMatch(Setting::holdsSecret);
    return secret && isReadByOthers(file)
        ? Optional.of(
            "others may read the settings file %1$s, which may hold a password: chmod 600 %1$s"
                .formatted(file))
        : Optional.empty();
  }

  private static boolean isReadByOthers(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  /** The same environment with the variables that the file sets and nobody else did. */
  Environment into(Environment environment) {
    Environment changed = environment;
    for (var entry : filed.entrySet()) {
      if (SettingKey.VARIABLES.contains(entry.getKey())) {
        changed = changed.setting(entry.getKey(), entry.getValue().value());
      }
    }
    return changed;
  }

  /**
   * The words of the command line, and before them what the file says of how errors are printed.
   */
  List<String> withErrorForm(List<String> typed) {
    List<String> all = new ArrayList<>(typed);
    for (String name : List.of("color", "log-format")) {
      Setting set = filed.get(name);
      if (set != null && CommonArguments.typed("--" + name, typed).isEmpty()) {
        all.add("--" + name + "=" + set.value());
      }
    }
    return all;
  }

  /** What is wrong with the file, though it can be used. */
  Optional<String> warning() {
    return warning;
  }

  /** A message of a command that names what was not typed, with where that is set. */
  String located(String message, CommandSpec command) {
    return filed.values().stream()
        .filter(
            setting ->
                SettingKey.VARIABLES.contains(setting.name())
                    || command.findOption("--" + setting.name()) != null)
        .filter(setting -> isBlamed(setting, message))
        .findFirst()
        .map(
            setting ->
                "%s (%s is set by %s)"
                    .formatted(message.replaceFirst("\\.$", ""), setting.name(), setting.from()))
        .orElse(message);
  }

  private boolean isBlamed(Setting setting, String message) {
    if (SettingKey.variable(setting.name()).equals(SettingKey.CONNECT)) {
      return message.contains("connection URL") && !isTyped("--connect");
    }
    String name =
        SettingKey.VARIABLES.contains(setting.name()) ? setting.name() : "--" + setting.name();
    String named = "(?s)(.*[^\\w-])?" + Pattern.quote(name) + "(?![\\w-]).*";
    return message.matches(named) && !isTyped(name);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return set(argument).map(Setting::value).orElse(null);
  }

  /** A flag that is typed would else be the opposite of its default. */
  private Optional<Setting> set(@Nullable ArgSpec argument) {
    return argument instanceof OptionSpec option && !isTyped(option) && !isOpposed(option)
        ? Optional.ofNullable(filed.get(option.longestName().replaceFirst("^--", "")))
        : Optional.empty();
  }

  /** Whether the one of {@code -v} and {@code -q} that is typed takes away what the file says. */
  private boolean isOpposed(OptionSpec option) {
    return switch (option.longestName()) {
      case "--quiet" -> isTyped("-v") || isTyped("--verbose");
      case "--verbose" -> isTyped("-q") || isTyped("--quiet");
      default -> false;
    };
  }

  private boolean isTyped(OptionSpec option) {
    Stream<String> negated =
        Stream.of(option.names())
            .map(
                name ->
                    name.startsWith("--no-")
                        ? name.replaceFirst("no-", "")
                        : name.replaceFirst("^--", "--no-"));
    return Stream.concat(Stream.of(option.names()), negated).anyMatch(this::isTyped);
  }

  private boolean isTyped(String name) {
    return arguments.stream().anyMatch(word -> word.equals(name) || follows(word, name));
  }

  /** Whether a value is in the same word, or the letter is among several. */
  private static boolean follows(String word, String name) {
    return name.startsWith("--")
        ? word.startsWith(name + "=")
        : word.matches("-[A-Za-z]+") && word.indexOf(name.charAt(1)) > 0;
  }

  /** All that is set, the names in order; what a stronger one hides is not among it. */
  public List<Setting> all() {
    Map<String, Setting> all = new LinkedHashMap<>();
    variables.forEach(setting -> all.put(setting.name(), setting));
    filed.values().forEach(setting -> all.put(setting.name(), setting));
    return all.values().stream()
        .sorted((one, other) -> one.name().compareToIgnoreCase(other.name()))
        .collect(Collectors.toList());
  }

  /** The file that was read, if there is one. */
  public Optional<Path> file() {
    return file;
  }
}
