package xmover.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import xmover.Repository;
import xmover.options.Action;

/** A script that somebody has edited: compiled in this JVM, beside the one that it was. */
final class EditedScript {
  private EditedScript() {}

  /** Where it lies. */
  static Path file(String name) {
    return Repository.root().resolve("scripts").resolve(name + ".java");
  }

  /**
   * Compiles it against the class path of the tests.
   *
   * @param folder for its file and its class
   */
  static Action compile(String name, String source, Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    var compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
      String libraries = System.getProperty("java.class.path");
      var options =
          List.of("--release=17", "-proc:none", "-classpath", libraries, "-d", folder.toString());
      var task = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file));
      if (!task.call()) {
        throw new AssertionError(said + "\n" + source);
      }
    }
    return new Beside().made(name, Files.readAllBytes(folder.resolve(name + ".class")));
  }

  /** Defines one class, although the tests have another one of that name. */
  private static final class Beside extends ClassLoader {
    private Beside() {
      super(EditedScript.class.getClassLoader());
    }

    private Action made(String name, byte[] code) {
      try {
        var made = defineClass(name, code, 0, code.length).getDeclaredConstructor();
        made.setAccessible(true);
        return (Action) made.newInstance();
      } catch (ReflectiveOperationException noScript) {
        throw new LinkageError(name, noScript);
      }
    }
  }
}
