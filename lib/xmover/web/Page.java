package xmover.web;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The live page: a few files, read once, served as they are. */
final class Page {
  private static final List<String> FILES =
      List.of(
          "announcer.js",
          "beside.css",
          "cells.js",
          "chart.js",
          "chips.js",
          "choice.js",
          "colours.css",
          "control.js",
          "copyable.js",
          "dom.js",
          "events.js",
          "finding.js",
          "folds.js",
          "gates.js",
          "head.js",
          "history.js",
          "index.html",
          "model.js",
          "nodes.js",
          "page.js",
          "parts.css",
          "report.js",
          "risk.js",
          "row.js",
          "rows.css",
          "run-drawer.js",
          "run-table.js",
          "shards.js",
          "sorting.js",
          "steps.js",
          "stream.js",
          "style.css",
          "tables.js",
          "time-chart.js",
          "told.js",
          "words.js");
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  private final Map<String, File> files = new HashMap<>();

  record File(String type, Buffer content) {}

  Page() {
    for (String name : FILES) {
      files.put("/" + name, read(name));
    }
    files.put("/", read("index.html"));
  }

  private static File read(String name) {
    String type = TYPES.get(name.substring(name.indexOf('.') + 1)) + "; charset=utf-8";
    try (InputStream stream = Page.class.getResourceAsStream("/web/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("the page lacks " + name);
      }
      return new File(type, Buffer.buffer(stream.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file at a path. */
  Optional<File> at(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
