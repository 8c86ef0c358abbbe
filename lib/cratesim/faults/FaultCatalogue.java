package cratesim.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.scenario.ScenarioProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The faults that have a name, and the moments at which they may begin: {@code faults.json}. */
public record FaultCatalogue(List<Moment> moments, List<KnownFault> faults) {
  private static final String FILE = "/faults.json";
  private static final List<String> ONCE = List.of("once");
  private static final Map<String, String> SUFFIXES = Map.of("once", "", "ever", "-ever");
  private static final Map<String, String> ENDINGS = Map.of("once", "", "ever", " For ever.");

  /** The one that is shipped. */
  public static FaultCatalogue load() {
    try (InputStream stream = FaultCatalogue.class.getResourceAsStream(FILE)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no list of faults here");
      }
      return read(JsonMapper.builder().build().readTree(stream));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** From the content of such a file. */
  public static FaultCatalogue read(JsonNode file) {
    List<Moment> moments = new ArrayList<>();
    for (JsonNode moment : file.path("moments")) {
      moments.add(
          Moment.of(
              text(moment, "name"),
              text(moment, "sentence"),
              text(moment, "statement"),
              moment.hasNonNull("after") ? text(moment, "after") : null));
    }
    List<KnownFault> faults = new ArrayList<>();
    for (JsonNode fault : file.path("faults")) {
      try {
        var known = new FaultCatalogue(moments, List.of());
        for (String times : fault.path("times").isArray() ? words(fault, "times") : ONCE) {
          faults.add(fault(fault, times, known));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(fault.path("name") + ": " + ScenarioProblem.of(e), e);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(fault.path("name") + ": " + e.getMessage(), e);
      }
    }
    return new FaultCatalogue(List.copyOf(moments), List.copyOf(faults));
  }

  private static KnownFault fault(JsonNode fault, String times, FaultCatalogue known)
      throws JsonProcessingException {
    JsonNode statements = fault.path("statements");
    List<String> moments = words(fault, "moments");
    return new KnownFault(
        text(fault, "name") + SUFFIXES.getOrDefault(times, "-" + times + "-times"),
        word(KnownFault.Family.class, text(fault, "family")),
        text(fault, "sentence") + ENDINGS.getOrDefault(times, " " + times + " times."),
        FaultEffect.of(fault.path("effect")),
        statements.isMissingNode()
            ? null
            : Pattern.compile(statements.asText(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
        times(times),
        fault.has("wires")
            ? words(fault, "wires", FaultyWire.class)
            : EnumSet.allOf(FaultyWire.class),
        moments.stream().map(known::moment).toList(),
        words(fault, "ends", KnownFault.End.class));
  }

  private static int times(String times) {
    return switch (times) {
      case "once" -> 1;
      case "ever" -> KnownFault.EVER;
      default -> Integer.parseInt(times);
    };
  }

  static String text(JsonNode node, String key) {
    if (!node.path(key).isTextual()) {
      throw new IllegalArgumentException("needs a " + key);
    }
    return node.path(key).asText();
  }

  private static List<String> words(JsonNode node, String key) {
    List<String> words = new ArrayList<>();
    node.path(key).forEach(word -> words.add(word.asText()));
    if (words.isEmpty()) {
      throw new IllegalArgumentException("needs " + key);
    }
    return words;
  }

  private static <E extends Enum<E>> Set<E> words(JsonNode node, String key, Class<E> type) {
    Set<E> set = EnumSet.noneOf(type);
    words(node, key).forEach(word -> set.add(word(type, word)));
    return set;
  }

  static <E extends Enum<E>> E word(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(type.getSimpleName() + " is not '" + word + "'"));
  }

  /** The fault of this name. */
  public KnownFault fault(String name) {
    return find("fault", faults, KnownFault::name, name);
  }

  /** The moment of this name. */
  public Moment moment(String name) {
    return find("moment", moments, Moment::name, name);
  }

  /** Those that make sense at a moment. */
  public List<KnownFault> at(Moment moment) {
    return faults.stream().filter(fault -> fault.moments().contains(moment)).toList();
  }

  /**
   * The rule that {@code NAME} or {@code NAME@MOMENT} means; without a moment it is the fault's
   * most usual.
   *
   * @throws IllegalArgumentException when there is no such fault or moment
   */
  public Fault named(String text) {
    int at = text.indexOf('@');
    KnownFault fault = fault(at < 0 ? text : text.substring(0, at));
    Moment moment = at < 0 ? fault.moments().get(0) : moment(text.substring(at + 1));
    return fault.at(moment);
  }

  private static <T> T find(String kind, List<T> all, Function<T, String> name, String wanted) {
    Predicate<T> is = one -> name.apply(one).equals(wanted);
    return all.stream()
        .filter(is)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no %s '%s': %s"
                        .formatted(
                            kind, wanted, nearest(all.stream().map(name).toList(), wanted))));
  }

  /** All names when they are few, else the most alike. */
  private static String nearest(List<String> names, String wanted) {
    if (names.size() < 10) {
      return "known are " + String.join(", ", names);
    }
    return names.stream()
        .min((a, b) -> Integer.compare(distance(a, wanted), distance(b, wanted)))
        .map(name -> "the nearest is '" + name + "', --list-faults shows all of them")
        .orElse("there is none at all");
  }

  /** How many letters have to be put in, left out or replaced. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
