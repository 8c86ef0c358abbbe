package packaging;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import xmover.cluster.connection.InvalidSettings;

/**
 * The running application as files: the jar JBang built of the script, and the libraries.
 *
 * @param jars where they lie, by the name they get, in the order of the class path
 */
record Application(Map<String, Path> jars) {
  private static final int DIGITS = 12;

  /** Of the class path of a JVM that JBang started. */
  static Application of(String classPath) {
    List<Path> entries =
        Stream.of(classPath.split(File.pathSeparator))
            .map(Path::of)
            .map(Path::toAbsolutePath)
            .toList();
    var jars = new LinkedHashMap<String, Path>();
    for (Path entry : entries) {
      if (!Files.isRegularFile(entry)) {
        throw new InvalidSettings(
            "only jars can be installed, and the class path has "
                + entry
                + ": run it with JBang, as in ./jbang install");
      }
      String file = Objects.requireNonNull(entry.getFileName()).toString();
      String name = jars.isEmpty() ? "xmover.jar" : "lib/" + file;
      // Two groups may have a library of the same name.
      jars.put(jars.containsKey(name) ? "lib/" + jars.size() + "-" + file : name, entry);
    }
    return new Application(jars);
  }

  /** Another one for each version, and for each change of one. */
  String id(String version) throws IOException {
    MessageDigest all = sha256();
    for (var jar : jars.entrySet()) {
      all.update(jar.getKey().getBytes(StandardCharsets.UTF_8));
      try (InputStream in = new DigestInputStream(Files.newInputStream(jar.getValue()), all)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return version + "-" + HexFormat.of().formatHex(all.digest()).substring(0, DIGITS);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
