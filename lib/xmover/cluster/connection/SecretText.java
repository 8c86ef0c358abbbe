package xmover.cluster.connection;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Secrets from the environment: on a command line everybody on the machine could read them. */
public final class SecretText {
  private SecretText() {}

  /** Reads a small text file, by its path as it was typed. */
  @FunctionalInterface
  public interface Files {
    String read(String file) throws IOException;
  }

  /**
   * The secret in the file that {@code NAME_FILE} names, else the one in {@code NAME}: a mounted
   * secret is the one that is kept current. Line breaks after it are no part of it: editors and
   * shells add them.
   *
   * @param what it is, in a word
   * @throws InvalidSettings when the file can't be read or is empty
   */
  public static Optional<Secret> in(
      Map<String, String> environment, String name, String what, Files files) {
    return variable(environment, name + "_FILE")
        .map(file -> read(what + " file " + file + " (" + name + "_FILE)", file, files))
        .or(
            () ->
                variable(environment, name)
                    .map(SecretText::withoutLineBreaks)
                    .filter(SecretText::isSome))
        .map(Secret::new);
  }

  private static String read(String told, String file, Files files) {
    String text;
    try {
      text = withoutLineBreaks(files.read(file));
    } catch (IOException e) {
      throw new InvalidSettings(
          "The " + told + " cannot be read: check its path and its permissions.");
    }
    if (text.isEmpty()) {
      throw new InvalidSettings("The " + told + " is empty.");
    }
    return text;
  }

  private static String withoutLineBreaks(String text) {
    return text.replaceFirst("[\\r\\n]+\\z", "");
  }

  private static boolean isSome(String text) {
    return !text.isEmpty();
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(SecretText::isSome);
  }
}
