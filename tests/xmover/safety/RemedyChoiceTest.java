package xmover.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.reset.Remedy;
import xmover.table.Diagnosis.Kind;
import xmover.table.Finding;

/** What fits a table, by what its problematic copies show. */
class RemedyChoiceTest {
  private static Finding table(String kinds, int replicas) {
    List<Kind> all = new ArrayList<>();
    if (kinds != null) {
      for (String kind : kinds.split(" ", -1)) {
        all.add(Kind.valueOf(kind));
      }
    }
    return Findings.diagnosed(replicas, all);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // kinds of its problematic copies, replicas, what auto does, flush fits, cancel fits
        "FLUSHES_BY_ITSELF,                   1, FLUSH,  true,  false",
        "FLUSHES_BY_ITSELF FLUSHES_BY_ITSELF, 2, FLUSH,  true,  false",
        "FLUSHES_BY_ITSELF HOLE,              2, RESET,  false, false",
        "HOLE,                                2, CANCEL, false, true",
        "HOLE,                                3, CANCEL, false, true",
        "HOLE,                                1, RESET,  false, false",
        "HOLE HOLE,                           2, RESET,  false, false",
        "HOLE LAGGING_COPY,                   2, RESET,  false, false",
        "LAGGING_COPY,                        2, RESET,  false, false",
        "UNKNOWN,                             2, RESET,  false, false",
        "-,                                   2, RESET,  false, false",
      })
  void what_fits_follows_from_the_diagnoses(
      String kinds, int replicas, Remedy auto, boolean flush, boolean cancel) {
    Finding table = table(kinds, replicas);
    assertEquals(auto, RemedyChoice.AUTO.decide(table).remedy());
    assertTrue(RemedyChoice.AUTO.decide(table).unfit().isEmpty());
    assertEquals(flush, RemedyChoice.FLUSH.decide(table).unfit().isEmpty());
    assertEquals(cancel, RemedyChoice.CANCEL.decide(table).unfit().isEmpty());
    assertEquals(Remedy.RESET, RemedyChoice.RESET.decide(table).remedy());
  }

  @Test
  void what_does_not_fit_is_told_with_the_copy_and_its_diagnosis() {
    String reason = RemedyChoice.FLUSH.decide(table("HOLE", 1)).unfit().orElseThrow();
    assertEquals("a flush does not help: shard 0 on b: it is HOLE", reason);
    assertEquals(
        "to rebuild its only replica is to be without one meanwhile",
        RemedyChoice.CANCEL.decide(table("HOLE", 1)).unfit().orElseThrow());
  }
}
