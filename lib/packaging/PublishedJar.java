package packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jar that JBang built, packed anew so that the same classes make the same bytes: sorted, with
 * one time for all, and without a manifest that names files of this machine.
 */
final class PublishedJar {
  /** The first that a zip file can tell. */
  private static final LocalDateTime WHENEVER = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private PublishedJar() {}

  /** Packs it; what only publishes is left out. */
  static byte[] of(Path built) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarFile(built.toFile());
        var out = new ZipOutputStream(bytes)) {
      put(out, MANIFEST, "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      List<String> names =
          jar.stream()
              .filter(entry -> !entry.isDirectory())
              .map(JarEntry::getName)
              .filter(PublishedJar::isPublished)
              .sorted()
              .toList();
      for (String name : names) {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
          put(out, name, in.readAllBytes());
        }
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isPublished(String name) {
    return !name.equals(MANIFEST)
        && !name.startsWith("META-INF/maven/")
        && !name.startsWith(PublishCommand.RESOURCES)
        && !name.equals("publish.class");
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(WHENEVER);
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
