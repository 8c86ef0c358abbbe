///usr/bin/env jbang "$0" "$@" ; exit $?
// Formats every Java file as google-java-format does, but leaves JBang's directives alone:
//   ./jbang tests/Format.java           mends
//   ./jbang tests/Format.java --check   tells, with exit code 1
//JAVA 17+
//SOURCES xmover/Repository.java
//DEPS com.google.googlejavaformat:google-java-format:1.28.0
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import xmover.Repository;

/** Exit code 0 when all files are formatted, 1 when `--check` found one that is not. */
public class Format {
  // Formatted, `//DEPS` would become `// DEPS`, which JBang reads as a comment.
  private static final Pattern HEADER = Pattern.compile("\\A(?://.*\\R)*\\R?");

  public static void main(String... args) throws IOException {
    boolean check = List.of(args).contains("--check");
    int different = 0;
    for (Path file : javaFiles()) {
      String source = Files.readString(file);
      String formatted = format(file, source);
      if (!formatted.equals(source)) {
        different++;
        System.out.println((check ? "not formatted: " : "formatted: ") + file);
        if (!check) {
          Files.writeString(file, formatted);
        }
      }
    }
    System.exit(check && different > 0 ? 1 : 0);
  }

  private static String format(Path file, String source) {
    var header = HEADER.matcher(source);
    int end = header.lookingAt() ? header.end() : 0;
    var formatter = new Formatter();
    try {
      String body = formatter.formatSourceAndFixImports(source.substring(end));
      return source.substring(0, end) + StringWrapper.wrap(body, formatter);
    } catch (FormatterException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> javaFiles() throws IOException {
    Path root = Repository.root();
    Process git =
        new ProcessBuilder(
                "git", "ls-files", "--cached", "--others", "--exclude-standard", "*.java")
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = git.inputReader()) {
      return lines.lines().map(root::resolve).filter(Files::exists).toList();
    }
  }
}
