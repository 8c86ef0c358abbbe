package packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.Xmover;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;
import xmover.options.Action;
import xmover.options.CommonArguments;
import xmover.run.ExitCode;

/** Writes a folder from which any web server gives the toolkit to laptops in two requests. */
@Command(
    name = "publish",
    sortOptions = false,
    description = "Write a folder for a web server, from which JBang gets the toolkit as one jar.",
    footer = {
      "",
      "jbang-catalog.json and the jar beside it; the same jar for Maven; index.html says how to use"
          + " them. Jars of other versions that lie there stay. Twice the same bytes.",
      "Example: ./jbang publish target/site --url https://ops.example.com/xmover"
    })
public final class PublishCommand implements Action {
  /** Where the texts are that it makes others from. */
  static final String RESOURCES = "published/";

  private static final String CATALOG = "jbang-catalog.json";
  private static final List<String> EDITED = List.of("detect", "heal", "monitor", "reset", "shell");

  /** What lies in the folder before the catalog does. */
  private static final Pattern BEFORE_THE_CATALOG =
      Pattern.compile(
          "maven|scripts|(xmover-.*\\.jar|index\\.html|jbang-catalog\\.json)(\\.part)?");

  @Spec private @Nullable CommandSpec spec;
  private final String classPath;

  @Parameters(paramLabel = "FOLDER", description = "Made if it is not there.")
  private @Nullable Path folder;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Where the folder will be served, http or https. Without it no scripts are written: they"
              + " name the address of their jar.")
  private @Nullable String url;

  @Mixin private final CommonArguments common = new CommonArguments();

  /**
   * @param classPath of a JVM that JBang started: its own jar comes first
   */
  public PublishCommand(String classPath) {
    this.classPath = classPath;
  }

  @Override
  public ExitCode run(Environment environment) throws IOException {
    Optional<String> served = Optional.ofNullable(url).map(PublishCommand::address);
    Path jar = Path.of(classPath.split(java.io.File.pathSeparator, 2)[0]).toAbsolutePath();
    if (!Files.isRegularFile(jar) || !jar.toString().endsWith(".jar")) {
      throw new InvalidSettings(
          "only a jar can be published, and the class path begins with "
              + jar
              + ": run it with JBang, as in ./jbang publish FOLDER");
    }
    Path target = Objects.requireNonNull(folder);
    requireOurs(target);
    Map<String, byte[]> files = files(PublishedJar.of(jar), served);
    for (var file : files.entrySet()) {
      write(target.resolve(file.getKey()), file.getValue());
    }
    report(target, files, served);
    return ExitCode.DONE;
  }

  private static String address(String typed) {
    String message = "--url must be an address like https://ops.example.com/xmover, not '" + typed;
    try {
      URI uri = URI.create(typed);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
        throw new InvalidSettings(message + "'");
      }
      return typed.replaceFirst("/+$", "");
    } catch (IllegalArgumentException noAddress) {
      throw new InvalidSettings(message + "'");
    }
  }

  /** Nothing of somebody else is written over. */
  private static void requireOurs(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new InvalidSettings(target + " is no folder: name one, or one that is not there yet");
    }
    if (!isPublished(target.resolve(CATALOG)) && !isCutOff(target)) {
      throw new InvalidSettings(
          target + " is not empty, and nothing was published there: name another folder");
    }
  }

  private static boolean isPublished(Path catalog) throws IOException {
    return Files.isRegularFile(catalog) && Files.readString(catalog).contains("\"xmover-");
  }

  /** Whether there is nothing but what a first publication leaves that did not come to its end. */
  private static boolean isCutOff(Path target) throws IOException {
    try (Stream<Path> there = Files.list(target)) {
      return there.allMatch(one -> BEFORE_THE_CATALOG.matcher(one.getFileName() + "").matches());
    }
  }

  /** The catalog comes last: until then the one before it is whole. */
  private static Map<String, byte[]> files(byte[] jar, Optional<String> served) throws IOException {
    String version = Xmover.VERSION;
    HubFile hub = Resource.hub();
    String name = "xmover-" + version + ".jar";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name, jar);
    files.putAll(new MavenFolder(version, hub.values("//DEPS")).files(jar));
    if (served.isPresent()) {
      for (String script : EDITED) {
        String text = PublishedScript.of(text(script + ".java"), hub, served.get(), version);
        files.put("scripts/" + script + ".java", bytes(text));
      }
    }
    files.put("index.html", bytes(IndexPage.of(version, served, EDITED)));
    files.put(CATALOG, bytes(PublishedCatalog.of(text(CATALOG), name, hub, Resource.packaging())));
    return files;
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = PublishCommand.class.getResourceAsStream("/" + RESOURCES + resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whoever asks for it meanwhile gets the one before, or this one. */
  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path aside = file.resolveSibling(file.getFileName() + ".part");
    Files.write(aside, content);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void report(Path target, Map<String, byte[]> files, Optional<String> served) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf("Published XMover %s in %s: %s files%n", Xmover.VERSION, target, files.size());
    out.println(
        served
            .map(at -> "  jbang catalog add --global --name catalog " + at + "/" + CATALOG)
            .orElse(
                "  no scripts: they name the address of their jar, so they need --url; serve the"
                    + " folder all the same"));
    out.flush();
  }
}
