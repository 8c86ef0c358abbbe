package packaging;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A jar, its POM and their checksums as a Maven repository has them. */
record MavenFolder(String version, List<String> libraries) {
  static final String FOLDER = "maven";
  private static final String GROUP = "io.xmover";
  private static final String NAME = "xmover";

  /** As a script names it. */
  static String coordinates(String version) {
    return GROUP + ":" + NAME + ":" + version;
  }

  /** Each file of that jar by its path. */
  Map<String, byte[]> files(byte[] jar) {
    String start =
        "%s/%s/%s/%s/%s-%s"
            .formatted(FOLDER, GROUP.replace('.', '/'), NAME, version, NAME, version);
    Map<String, byte[]> files = new LinkedHashMap<>();
    add(files, start + ".jar", jar);
    add(files, start + ".pom", pom().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static void add(Map<String, byte[]> files, String path, byte[] content) {
    files.put(path, content);
    files.put(path + ".sha1", digest(content).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What Maven compares; it asks for SHA-1 first, and a file that is there saves other requests.
   */
  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private String pom() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>%s</groupId>
      <artifactId>%s</artifactId>
      <version>%s</version>
      <dependencies>
    %s
      </dependencies>
    </project>
    """
        .formatted(
            GROUP,
            NAME,
            version,
            libraries.stream().map(MavenFolder::dependency).collect(Collectors.joining("\n")));
  }

  /** JBang's {@code @fatjar} is a jar without what it depends on. */
  private static String dependency(String coordinates) {
    String[] parts = coordinates.split("[:@]", -1);
    String alone =
        coordinates.endsWith("@fatjar")
            ? "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"
            : "";
    return "    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>"
        .formatted(parts[0], parts[1], parts[2], alone);
  }
}
