package xmover.json;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.detect.Analysis;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.Printable;

/** The tables of an analysis as comma-separated values (RFC 4180) with a header and raw bytes. */
public final class AnalysisCsv {
  private static final CsvSchema COLUMNS =
      CsvSchema.builder()
          .addColumns(
              List.of(
                  "schema",
                  "table",
                  "partition",
                  "partition_ident",
                  "number_of_replicas",
                  "primaries",
                  "replicas",
                  "problematic_replicas",
                  "max_uncommitted_bytes",
                  "flush_threshold_bytes",
                  "percent_of_threshold",
                  "primary_bytes",
                  "nodes",
                  "action",
                  "reason",
                  "diagnoses",
                  "fixed_in"),
              CsvSchema.ColumnType.STRING)
          .setUseHeader(true)
          .setLineSeparator("\r\n")
          .build();

  private static final ObjectWriter CSV = new CsvMapper().writer(COLUMNS);

  /** What a formula begins with, in the widths of Latin and of East Asian letters. */
  private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private AnalysisCsv() {}

  /** The whole document; lines end with CR LF, as the RFC says. */
  public static String of(Analysis analysis) {
    var text = new StringWriter();
    try (SequenceWriter csv = CSV.writeValues(text)) {
      for (Finding finding : analysis.findings()) {
        csv.write(row(finding));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static List<Object> row(Finding finding) {
    var table = finding.table();
    var relation = finding.relation();
    var totals = finding.totals();
    return Arrays.asList(
        text(table.schema()),
        text(table.name()),
        table.partition().map(p -> text(p.toString())).orElse(null),
        table.partitionIdent(),
        relation.replicas().map(String::valueOf).orElse(null),
        totals.primaries(),
        totals.replicas(),
        totals.problematicReplicas(),
        finding.largestTranslog().value(),
        relation.flushThreshold().map(Bytes::value).orElse(null),
        finding.percentOfThreshold().orElse(null),
        totals.primaryBytes().value(),
        text(String.join(" ", finding.nodes())),
        finding.verdict().action().name().toLowerCase(Locale.ROOT),
        text(finding.verdict().reason()),
        words(finding, diagnosis -> Stream.of(Json.word(diagnosis.kind()))),
        words(finding, diagnosis -> diagnosis.fixedIn().stream()));
  }

  /** As it is, line breaks too; what a spreadsheet would calculate is marked as text. */
  private static String text(String cell) {
    String printable = Printable.lines(cell);
    return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + printable : printable;
  }

  /** What its copies have, each once. */
  private static String words(Finding finding, Function<Diagnosis, Stream<String>> word) {
    return finding.diagnoses().stream()
        .flatMap(word)
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
