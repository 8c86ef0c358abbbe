package xmover.json;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xmover.detect.LongTexts;

/** The traces of texts too long for an index, for programs. */
record LongTextsJson(Told refused, Told columns, boolean perhapsOnlyOwnStatements) {
  /** Nothing found proves nothing; what could not be read has its reason. */
  private record Told(boolean readable, @Nullable String failure, boolean more, List<?> found) {
    static <T> Told of(LongTexts.Told<T> told, Function<T, Object> row) {
      return new Told(
          told.isReadable(),
          told.isReadable() ? null : told.failure(),
          told.more(),
          told.rows().stream().map(row).toList());
    }
  }

  private record Write(
      String schema,
      String table,
      String statement,
      String user,
      @Nullable String last,
      long times) {
    Write(LongTexts.RefusedWrite write) {
      this(
          write.table().schema(),
          write.table().name(),
          write.statement(),
          write.user(),
          write.last().map(Instant::toString).orElse(null),
          write.times());
    }
  }

  private record Column(String schema, String table, String column) {
    Column(LongTexts.TextColumn column) {
      this(column.table().schema(), column.table().name(), column.name());
    }
  }

  LongTextsJson(LongTexts texts) {
    this(
        Told.of(texts.refused(), Write::new),
        Told.of(texts.columns(), Column::new),
        texts.onlyOwn());
  }
}
