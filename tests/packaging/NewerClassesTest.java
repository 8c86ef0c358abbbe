package packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import picocli.CommandLine;

/** Libraries whose classes no archive takes are copied in a form that one does. */
class NewerClassesTest {
  @TempDir private Path folder;

  @Test
  void an_old_library_is_newer_whole_and_verified_by_the_jvm() throws Exception {
    Path old = jarOf(CommandLine.class);
    Path copy = folder.resolve("copy.jar");
    NewerClasses.copy(old, copy);
    try (var before = new JarFile(old.toFile());
        var after = new JarFile(copy.toFile());
        var loader =
            new URLClassLoader(
                new URL[] {copy.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      assertEquals(before.size(), after.size());
      int checked = 0;
      for (var entry : Collections.list(after.entries())) {
        if (entry.getName().startsWith("picocli/") && entry.getName().endsWith(".class")) {
          byte[] content = after.getInputStream(entry).readAllBytes();
          assertTrue(new ClassReader(content).readShort(6) >= 52, entry.getName());
          String name = entry.getName().replace('/', '.').replaceAll("\\.class$", "");
          // Whose parents are another library's, which is not there, as in any use of it.
          if (!name.contains("groovy")) {
            Class.forName(name, true, loader);
            checked++;
          }
        }
      }
      assertTrue(checked > 150, "checked " + checked);
    }
  }

  @Test
  void any_other_library_is_copied_byte_by_byte() throws Exception {
    Path jar = jarOf(Test.class);
    Path copy = folder.resolve("copy.jar");
    NewerClasses.copy(jar, copy);
    assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(copy));
  }

  private static Path jarOf(Class<?> type) throws IOException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
