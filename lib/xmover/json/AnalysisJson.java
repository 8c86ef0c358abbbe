package xmover.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Early;
import xmover.detect.Hidden;
import xmover.detect.LongTexts;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.GivenUp;
import xmover.table.KnownBug;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

/**
 * An analysis for programs: one JSON object, sizes as raw bytes, names exactly as CrateDB has them.
 */
public record AnalysisJson(
    ClusterIdentity cluster,
    List<Table> tables,
    List<Shard> shards,
    Noticed early,
    List<Lost> givenUp,
    Unseen hidden,
    @Nullable Traces longTexts) {
  /** A table or partition by the parts of its name. */
  public record Named(
      String schema, String table, @Nullable PartitionValues partition, String partitionIdent) {
    public Named(TableRef table) {
      this(table.schema(), table.name(), table.partition().orElse(null), table.partitionIdent());
    }
  }

  /** A finding. */
  public record Table(
      @JsonUnwrapped Named named,
      @Nullable ReplicaSetting numberOfReplicas,
      @JsonUnwrapped ShardTotals totals,
      Bytes maxUncommitted,
      @Nullable Bytes flushThreshold,
      @Nullable Double percentOfThreshold,
      @JsonUnwrapped Verdict verdict) {
    public Table(Finding finding) {
      this(
          new Named(finding.table()),
          finding.relation().replicas().orElse(null),
          finding.totals(),
          finding.largestTranslog(),
          finding.relation().flushThreshold().orElse(null),
          finding.percentOfThreshold().orElse(null),
          finding.verdict());
    }
  }

  /** The sequence numbers of a copy; none is known where it does not report them. */
  public record SequenceNumbers(
      @Nullable Long maxSeqNo, @Nullable Long localCheckpoint, @Nullable Long globalCheckpoint) {
    public static SequenceNumbers of(Optional<Checkpoints> seen) {
      return seen.map(all -> new SequenceNumbers(all.maxSeqNo(), all.local(), all.global()))
          .orElseGet(() -> new SequenceNumbers(null, null, null));
    }
  }

  /** A problematic copy. */
  public record Shard(
      @JsonUnwrapped Named named,
      @JsonUnwrapped ShardCopy copy,
      @JsonUnwrapped SequenceNumbers seen,
      @Nullable Long flushes,
      Diagnosed diagnosis) {
    public Shard(ShardCopy copy) {
      this(
          new Named(copy.table()),
          copy,
          SequenceNumbers.of(copy.checkpoints()),
          copy.flushes().orElse(null),
          new Diagnosed(copy.diagnosis()));
    }

    public static List<Shard> of(List<ShardCopy> copies) {
      return copies.stream().map(Shard::new).toList();
    }
  }

  /** A diagnosis for programs. */
  private record Diagnosed(
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

    Diagnosed(Diagnosis diagnosis) {
      this(
          diagnosis.causes().stream().map(Cause::new).toList(),
          diagnosis.kind(),
          diagnosis.text(),
          diagnosis.knownBug().map(KnownBug::text).orElse(null),
          diagnosis.fixedIn().orElse(null));
    }
  }

  private record Noticed(
      @Nullable List<Table> tables,
      @Nullable List<Shard> shards,
      @Nullable List<Shard> unread,
      @Nullable String note) {
    /** What is unknown is null, and no empty list. */
    static Noticed of(Early early) {
      String note = early.note().orElse(null);
      return early.failure().isPresent()
          ? new Noticed(null, null, null, note)
          : new Noticed(
              AnalysisJson.tables(early.tables()),
              Shard.of(early.copies()),
              Shard.of(early.unread()),
              note);
    }
  }

  private record Lost(@JsonUnwrapped Named named, @JsonUnwrapped GivenUp copy) {}

  private record Unseen(@JsonUnwrapped Hidden hidden, @Nullable String note) {}

  /** The traces of texts too long for an index, for programs. */
  private record Traces(Trace refused, Trace columns, boolean perhapsOnlyOwnStatements) {
    /** Nothing found proves nothing; what could not be read has its reason. */
    private record Trace(boolean readable, @Nullable String failure, boolean more, List<?> found) {
      static <T> Trace of(LongTexts.Told<T> seen, Function<T, Object> row) {
        return new Trace(
            seen.isReadable(),
            seen.isReadable() ? null : seen.failure(),
            seen.more(),
            seen.rows().stream().map(row).toList());
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

    Traces(LongTexts texts) {
      this(
          Trace.of(texts.refused(), Write::new),
          Trace.of(texts.columns(), Column::new),
          texts.onlyOwn());
    }
  }

  /** The object `--output json` prints. */
  public static ObjectNode of(Analysis analysis) {
    return Json.of(
        new AnalysisJson(
            analysis.cluster(),
            tables(analysis.findings()),
            Shard.of(analysis.shards()),
            Noticed.of(analysis.early()),
            analysis.givenUp().stream()
                .map(copy -> new Lost(new Named(copy.table()), copy))
                .toList(),
            new Unseen(
                analysis.hidden(), analysis.hidden().note(analysis.cluster().user()).orElse(null)),
            analysis.longTexts().map(Traces::new).orElse(null)));
  }

  private static List<Table> tables(List<Finding> findings) {
    return findings.stream().map(Table::new).toList();
  }
}
