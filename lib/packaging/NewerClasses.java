package packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Copies a jar, and gives classes in the format of Java 5 that of Java 8: the same code, with the
 * map of types that a newer JVM checks it by. Older ones no archive takes, and JVMs crash over
 * lambdas that name one.
 */
final class NewerClasses {
  private static final int FIRST_WITH_A_MAP = Opcodes.V1_6;
  private static final int MAJOR_VERSION = 6;

  private NewerClasses() {}

  /** Copies it as it is, unless it holds such classes. */
  static void copy(Path from, Path to) throws IOException {
    try (var jar = new JarFile(from.toFile())) {
      if (!hasOld(jar)) {
        Files.copy(from, to);
        return;
      }
      URL[] itself = {from.toUri().toURL()};
      try (var loader = new URLClassLoader(itself, ClassLoader.getPlatformClassLoader());
          var out = new JarOutputStream(Files.newOutputStream(to))) {
        var written = new HashSet<String>();
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (written.add(entry.getName())) {
            out.putNextEntry(new JarEntry(entry.getName()));
            write(jar, entry, loader, out);
            out.closeEntry();
          }
        }
      }
    }
  }

  private static void write(JarFile jar, JarEntry entry, ClassLoader loader, OutputStream out)
      throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] content = in.readAllBytes();
      out.write(isOld(entry, content) ? newer(content, loader) : content);
    }
  }

  private static boolean hasOld(JarFile jar) throws IOException {
    boolean old = false;
    for (JarEntry entry : Collections.list(jar.entries())) {
      // A signature would no longer fit.
      if (entry.getName().matches("META-INF/[^/]+\\.SF")) {
        return false;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        old |= isOld(entry, in.readNBytes(MAJOR_VERSION + 2));
      }
    }
    return old;
  }

  private static boolean isOld(JarEntry entry, byte[] content) {
    return entry.getName().endsWith(".class")
        && content.length > MAJOR_VERSION + 1
        && ((content[MAJOR_VERSION] << Byte.SIZE) | (content[MAJOR_VERSION + 1] & 0xff))
            < FIRST_WITH_A_MAP;
  }

  private static byte[] newer(byte[] content, ClassLoader loader) {
    var writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return loader;
          }
        };
    var raised =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(
              int version,
              int access,
              String name,
              @Nullable String signature,
              @Nullable String parent,
              String @Nullable [] interfaces) {
            super.visit(Opcodes.V1_8, access, name, signature, parent, interfaces);
          }
        };
    try {
      new ClassReader(content).accept(raised, ClassReader.SKIP_FRAMES);
      return writer.toByteArray();
    } catch (TypeNotPresentException needsAnotherLibrary) {
      return content;
    }
  }
}
