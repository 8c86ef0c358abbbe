package xmover.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import xmover.table.Diagnosis;
import xmover.table.KnownBug;

/** A diagnosis for programs. */
final class DiagnosisJson {
  private DiagnosisJson() {}

  static ObjectNode of(Diagnosis diagnosis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode causes = json.putArray("causes");
    diagnosis.causes().forEach(cause -> add(causes, cause));
    return json.put("kind", kind(diagnosis))
        .put("text", diagnosis.text())
        .put("known_bug", diagnosis.knownBug().map(KnownBug::text).orElse(null))
        .put("fixed_in", diagnosis.fixedIn().orElse(null));
  }

  private static void add(ArrayNode causes, KnownBug cause) {
    causes
        .addObject()
        .put("text", cause.text())
        .put("fixed_in", cause.fixedIn().orElse(null))
        .put("help", cause.help().isEmpty() ? null : cause.help());
  }

  static String kind(Diagnosis diagnosis) {
    return diagnosis.kind().name().toLowerCase(Locale.ROOT);
  }
}
