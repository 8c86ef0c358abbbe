package xmover.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import xmover.table.Diagnosis;
import xmover.table.KnownBug;

/** A diagnosis for programs. */
final class DiagnosisJson {
  private DiagnosisJson() {}

  static ObjectNode of(Diagnosis diagnosis) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", kind(diagnosis))
        .put("text", diagnosis.text())
        .put("known_bug", diagnosis.knownBug().map(KnownBug::text).orElse(null))
        .put("fixed_in", diagnosis.fixedIn().orElse(null));
  }

  static String kind(Diagnosis diagnosis) {
    return diagnosis.kind().name().toLowerCase(Locale.ROOT);
  }
}
