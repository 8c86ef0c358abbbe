package cratesim.statements;

import cratesim.model.ClusterModel;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimShard;
import cratesim.model.SimTable;
import cratesim.model.SqlError;
import cratesim.sql.ParsedStatement;
import cratesim.sql.StatementParser;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a statement is about, in words that an event may have in braces: {@code {table}} and {@code
 * {target}} as SQL names them, without and with its partition, {@code {other}} a table of a name of
 * its own beside it, {@code {full}} its name with the schema, {@code {partition}} the same with its
 * partition, {@code {user}} who sent it, and of nodes {@code {primary}}, {@code {replica}} and
 * {@code {bystander}}, those of its first shard, and {@code {master}}. A statement about no table
 * means the first one there is.
 */
public final class Subjects {
  private static final Pattern WORD = Pattern.compile("\\{([a-z]+)}");
  private static final Pattern SCHEMA = Pattern.compile("schema(?:_name)? = '((?:[^']|'')*)'");
  private static final Pattern TABLE = Pattern.compile("table_name = '((?:[^']|'')*)'");
  private static final Pattern IDENT =
      Pattern.compile("partition_ident(?:, '')?\\)? = '((?:[^']|'')+)'");

  private final ClusterModel cluster;
  private final String user;
  private final @Nullable SimTable table;
  private final @Nullable SimPartition partition;
  private final String clause;

  private Subjects(
      ClusterModel cluster,
      String user,
      @Nullable SimTable table,
      @Nullable SimPartition partition,
      String clause) {
    this.cluster = cluster;
    this.user = user;
    this.table = table;
    this.partition = partition;
    this.clause = clause;
  }

  public static Subjects of(ClusterModel cluster, String user, String statement) {
    Optional<ParsedStatement.Target> target = target(statement);
    SimTable table =
        target
            .map(one -> cluster.table(one.schema(), one.table()))
            .or(() -> asked(cluster, statement))
            .or(() -> cluster.tables().findFirst())
            .orElse(null);
    if (table == null) {
      return new Subjects(cluster, user, null, null, "");
    }
    SimPartition partition =
        target
            .filter(one -> !one.partition().isEmpty())
            .map(one -> partition(table, one))
            .or(() -> group(IDENT, statement).flatMap(table::partition))
            .or(() -> table.partitions().stream().findFirst())
            .orElse(null);
    Matcher clause = Pattern.compile(" PARTITION \\(.*?\\)(?= SET| REROUTE)").matcher(statement);
    return new Subjects(cluster, user, table, partition, clause.find() ? clause.group() : "");
  }

  private static @Nullable SimPartition partition(SimTable table, ParsedStatement.Target target) {
    try {
      return Targets.partitions(table, target).stream().findFirst().orElse(null);
    } catch (SqlError none) {
      return null;
    }
  }

  private static Optional<ParsedStatement.Target> target(String statement) {
    try {
      ParsedStatement parsed = StatementParser.parse(statement, true);
      if (parsed instanceof ParsedStatement.AlterTable alter) {
        return Optional.of(alter.target());
      } else if (parsed instanceof ParsedStatement.MoveShard move) {
        return Optional.of(move.target());
      } else if (parsed instanceof ParsedStatement.CancelShard cancel) {
        return Optional.of(cancel.target());
      } else if (parsed instanceof ParsedStatement.Optimize optimize) {
        return optimize.targets().stream().findFirst();
      }
    } catch (SqlError unknown) {
      // It is about no table then.
    }
    return Optional.empty();
  }

  private static Optional<SimTable> asked(ClusterModel cluster, String statement) {
    return group(SCHEMA, statement)
        .flatMap(schema -> group(TABLE, statement).map(name -> cluster.table(schema, name)));
  }

  private static Optional<String> group(Pattern pattern, String statement) {
    Matcher found = pattern.matcher(statement);
    return found.find() ? Optional.of(found.group(1).replace("''", "'")) : Optional.empty();
  }

  /**
   * The text with what its words stand for.
   *
   * @throws NoSuchElementException when one of them stands for nothing here
   */
  public String words(String text) {
    return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(word(word.group(1))));
  }

  private String word(String word) {
    return switch (word) {
      case "user" -> user;
      case "table" -> sql(table().name());
      case "target" -> sql(table().name()) + clause;
      case "name" -> table().name().replace("\"", "\"\"");
      case "other" -> sql(table().name() + "_other");
      case "full" -> table().fullName();
      case "partition" -> table().fullName() + "/" + partition().ident();
      case "master" -> cluster.members().get(0).name();
      case "primary" -> name(shard().primary().node());
      case "replica" ->
          name(
              shard().copies().stream()
                  .skip(1)
                  .map(SimCopy::node)
                  .filter(Objects::nonNull)
                  .findFirst()
                  .orElseGet(this::bystander));
      case "bystander" -> name(bystander());
      default -> "{" + word + "}";
    };
  }

  private SimTable table() {
    return Optional.ofNullable(table).orElseThrow();
  }

  private SimPartition partition() {
    if (partition == null || !table().isPartitioned()) {
      throw new NoSuchElementException("no partition");
    }
    return partition;
  }

  private SimShard shard() {
    return Optional.ofNullable(partition).orElseThrow().shards().get(0);
  }

  /** A node without the primary, with no copy at all where there is one. */
  private @Nullable SimNode bystander() {
    Stream<SimNode> others =
        cluster.members().stream().filter(node -> node != shard().primary().node());
    var nodes = others.toList();
    return nodes.stream()
        .filter(node -> !shard().hasCopyOn(node))
        .findFirst()
        .or(() -> nodes.stream().findFirst())
        .orElse(null);
  }

  private static String name(@Nullable SimNode node) {
    return Optional.ofNullable(node).orElseThrow().name();
  }

  private String sql(String name) {
    return "\"%s\".\"%s\"".formatted(doubled(table().schema()), doubled(name));
  }

  private static String doubled(String identifier) {
    return identifier.replace("\"", "\"\"");
  }
}
