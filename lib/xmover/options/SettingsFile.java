package xmover.options;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xmover.cluster.connection.InvalidSettings;
import xmover.journal.file.OwnerOnly;

/**
 * Reads the lines of a settings file. What Java's properties would change or drop without a word is
 * refused, by the number of its line: a password may stand in it.
 */
final class SettingsFile {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final Pattern COMMENT = Pattern.compile("[ \t\f]*[#!].*");
  private static final Pattern UNDERSTOOD = Pattern.compile("([^\\\\]++|\\\\[\\\\u])*+");
  private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9_-]+");

  private final Path file;
  private final Map<String, String> values = new TreeMap<>();

  /** The key and the line of what counts, by its profile and what it means. */
  private final Map<String, String> said = new HashMap<>();

  private SettingsFile(Path file) {
    this.file = file;
  }

  /**
   * The values by their keys, profiles before a dot; nothing where the usual file is not there.
   *
   * @param named whether somebody named the file, so that it has to be there
   * @throws InvalidSettings when it can't be read, or a line makes no sense
   */
  static @Nullable Map<String, String> read(Path file, boolean named) {
    try {
      String text = Files.readString(file);
      return new SettingsFile(file).values(text);
    } catch (NoSuchFileException missing) {
      return missing(file, named);
    } catch (IOException failed) {
      throw new InvalidSettings(
          "The settings file %s can't be read (%s): check its permissions, and that it is UTF-8."
              .formatted(file, OwnerOnly.reason(failed)));
    }
  }

  private static @Nullable Map<String, String> missing(Path file, boolean named) {
    for (Path part = file; part != null; part = part.getParent()) {
      if (Files.isSymbolicLink(part) && Files.notExists(part)) {
        throw new InvalidSettings(
            "The settings file %s can't be read: %s is a link to what is not there."
                .formatted(file, part));
      }
    }
    if (named) {
      throw new InvalidSettings(
          "There is no settings file %s: check --settings and XMOVER_SETTINGS.".formatted(file));
    }
    return null;
  }

  private Map<String, String> values(String text) throws IOException {
    List<String> lines =
        (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!COMMENT.matcher(lines.get(i)).matches()) {
        add(lines.get(i), i + 1);
      }
    }
    return values;
  }

  private void add(String line, int number) throws IOException {
    if (!UNDERSTOOD.matcher(line).matches()) {
      throw new InvalidSettings(
          "The settings file %s has a single backslash in line %d, which would vanish: a backslash is written as \\\\."
              .formatted(file, number));
    }
    var properties = new Properties();
    try {
      properties.load(new StringReader(line));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidSettings(
          "The settings file %s has in line %d a \\u that four hexadecimal digits don't follow: a backslash is written as \\\\."
              .formatted(file, number));
    }
    for (String key : properties.stringPropertyNames()) {
      check(key, number);
      values.put(key, properties.getProperty(key).strip());
    }
  }

  private void check(String key, int number) {
    int dot = key.lastIndexOf('.');
    String profile = key.substring(0, Math.max(dot, 0));
    if (dot >= 0 && !PROFILE.matcher(profile).matches()) {
      throw new InvalidSettings(
          "The settings file %s sets '%s' in line %d, where '%s' is no name of a profile: write letters, digits, _ and -."
              .formatted(file, key, number, profile));
    }
    String meant = profile + "." + SettingKey.variable(key.substring(dot + 1));
    String told = "'%s' in line %d".formatted(key, number);
    String before = said.putIfAbsent(meant, told);
    if (before != null) {
      throw new InvalidSettings(
          "The settings file %s sets the same twice, %s and %s: take one of them out."
              .formatted(file, before, told));
    }
  }
}
