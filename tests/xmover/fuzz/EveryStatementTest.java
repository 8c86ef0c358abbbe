package xmover.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import xmover.cluster.Statement;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.PreflightSql;
import xmover.cluster.sql.Sql;
import xmover.cluster.sql.UuidColumn;
import xmover.fuzz.SqlTokens.Kind;
import xmover.fuzz.SqlTokens.Token;
import xmover.table.Bytes;
import xmover.table.IndexUuid;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Every statement that XMover knows reads the same whatever the names in it are: with the odd names
 * it has the words that it has with plain ones, and the names in their places.
 */
class EveryStatementTest {
  /** Plain words, and the odd text that takes the place of each. */
  private static final class Names {
    private final Map<String, String> odd = new LinkedHashMap<>();
    private final RandomGenerator random;

    Names(RandomGenerator random) {
      this.random = random;
    }

    String plain() {
      String plain = "plain" + odd.size() + "x";
      odd.put(plain, RandomText.some(random));
      return plain;
    }

    String odd(String plain) {
      return odd.getOrDefault(plain, plain);
    }

    TableRef odd(TableRef plain) {
      TableRef table = TableRef.of(odd(plain.schema()), odd(plain.name()));
      return plain
          .partition()
          .map(
              partition -> {
                Map<String, Object> values = new LinkedHashMap<>();
                partition
                    .values()
                    .forEach((column, value) -> values.put(column, odd(value.toString())));
                return table.partition(new PartitionValues(odd(partition.ident()), values));
              })
          .orElse(table);
    }
  }

  static Stream<Method> statements() {
    return Stream.of(Sql.class, DetectionSql.class, PreflightSql.class)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == Statement.class)
        // It looks for a name in the texts of others, in lower case.
        .filter(method -> !method.getName().equals("statements"));
  }

  @Test
  void a_name_is_a_word_of_its_own_in_every_statement() {
    List<Method> all = statements().toList();
    assertFalse(all.isEmpty());
    Tries.of(
        20,
        random -> {
          for (Method method : all) {
            reads(method, random);
          }
        });
  }

  private static void reads(Method method, RandomGenerator random) throws Exception {
    var names = new Names(random);
    List<Object> plain = new ArrayList<>();
    List<Object> odd = new ArrayList<>();
    for (Type type : method.getGenericParameterTypes()) {
      Object value = value(type, names);
      plain.add(value);
      odd.add(
          value instanceof TableRef table
              ? names.odd(table)
              : value instanceof String text
                  ? names.odd(text)
                  : value instanceof List<?> list
                      ? list.stream().map(text -> names.odd(text.toString())).toList()
                      : value);
    }
    var expected = new ArrayList<Token>();
    for (Token token : SqlTokens.of(text(method, plain))) {
      boolean quoted = token.kind() == Kind.IDENTIFIER || token.kind() == Kind.TEXT;
      expected.add(quoted ? new Token(token.kind(), names.odd(token.value())) : token);
    }
    assertEquals(expected, SqlTokens.of(text(method, odd)), method.getName());
  }

  private static String text(Method method, List<Object> arguments) throws Exception {
    return ((Statement) method.invoke(null, arguments.toArray())).text();
  }

  private static Object value(Type type, Names names) {
    RandomGenerator random = names.random;
    if (type == TableRef.class) {
      TableRef table = TableRef.of(names.plain(), names.plain());
      return random.nextBoolean()
          ? table
          : table.partition(new PartitionValues(names.plain(), Map.of("c", names.plain())));
    } else if (type == String.class) {
      return names.plain();
    } else if (type == long.class) {
      return (long) random.nextInt(100);
    } else if (type == int.class) {
      return random.nextInt(100);
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == ReplicaSetting.class) {
      return new ReplicaSetting("0-all");
    } else if (type == UuidColumn.class) {
      return RandomText.one(random, List.of(UuidColumn.values()));
    } else if (type == IndexUuid.class) {
      return new IndexUuid("2ynQ0y58Rz-Co2PojY4Feg");
    } else if (type == Bytes.class) {
      return new Bytes(random.nextInt(1000));
    } else if (type == Duration.class) {
      return Duration.ofSeconds(random.nextInt(1000));
    }
    // One: more would be sorted.
    boolean list = type.getTypeName().matches("java.util.(List|Collection)<java.lang.String>");
    if (!list) {
      throw new AssertionError("no value of " + type + ": add one here");
    }
    Collection<String> one = List.of(names.plain());
    return one;
  }
}
