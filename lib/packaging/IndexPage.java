package packaging;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of a published folder: how to use what lies there. */
final class IndexPage {
  private IndexPage() {}

  static String of(String version, Optional<String> url, List<String> scripts) {
    String address = url.map(IndexPage::escaped).orElse("https://…");
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>XMover %1$s</title>
    <style>
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
    pre { background: #f2f2f2; color: #1a1a1a; padding: .8rem; overflow-x: auto; }
    </style>
    </head>
    <body>
    <main>
    <h1>XMover %1$s</h1>
    <p>Finds and heals CrateDB tables whose replicas hold too much translog.
    It needs <a href="https://www.jbang.dev">JBang</a> and a JDK 17 or later.</p>
    <h2>Run it</h2>
    <pre>jbang trust add %2$s/
    jbang catalog add --global --name catalog %2$s/jbang-catalog.json
    jbang xmover@catalog --help
    jbang demo@catalog</pre>
    <p>After a new version: <code>jbang run --fresh xmover@catalog</code></p>
    <h2>Edit a script</h2>
    %3$s
    </main>
    </body>
    </html>
    """
        .formatted(version, address, url.isPresent() ? scripts(scripts) : NO_SCRIPTS);
  }

  private static final String NO_SCRIPTS =
      "<p>No scripts were published here: publish with --url.</p>";

  private static final String SCRIPTS =
      """
      <p>Each of these runs wherever it is copied, with the version it names:</p>
      <ul>
      """;

  private static String scripts(List<String> names) {
    return names.stream()
        .map(name -> "<li><a href=\"scripts/%1$s.java\">%1$s.java</a></li>".formatted(name))
        .collect(Collectors.joining("\n", SCRIPTS, "\n</ul>"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
