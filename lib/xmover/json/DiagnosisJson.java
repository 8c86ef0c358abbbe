package xmover.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xmover.table.Diagnosis;
import xmover.table.KnownBug;

/** A diagnosis for programs. */
record DiagnosisJson(
    List<Cause> causes,
    Diagnosis.Kind kind,
    String text,
    @Nullable String knownBug,
    @Nullable String fixedIn) {
  private record Cause(String text, @Nullable String fixedIn, @Nullable String help) {
    Cause(KnownBug bug) {
      this(bug.text(), bug.fixedIn().orElse(null), bug.help().isEmpty() ? null : bug.help());
    }
  }

  DiagnosisJson(Diagnosis diagnosis) {
    this(
        diagnosis.causes().stream().map(Cause::new).toList(),
        diagnosis.kind(),
        diagnosis.text(),
        diagnosis.knownBug().map(KnownBug::text).orElse(null),
        diagnosis.fixedIn().orElse(null));
  }
}
