package xmover.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import xmover.detect.ClusterIdentity;
import xmover.detect.Hidden;
import xmover.reset.CopyStep;
import xmover.reset.Cure;
import xmover.reset.RemedyResult;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.GivenUp;
import xmover.table.PartitionValues;
import xmover.table.Printable;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;

/**
 * JSON for programs, mapped from records. An empty Optional is left out; null is what nobody knows.
 * A name is in snake case and ends with its type's unit: {@code took_ms}, {@code size_bytes}.
 */
public final class Json {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .propertyNamingStrategy(new Units())
          .withConfigOverride(
              Optional.class,
              some ->
                  some.setIncludeAsProperty(
                      JsonInclude.Value.construct(
                          JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
          .addModule(
              new SimpleModule()
                  .addSerializer(Optional.class, new Present())
                  .addSerializer(Instant.class, as(Json::timestamp))
                  .addSerializer(Duration.class, as(Duration::toMillis))
                  .addSerializer(Bytes.class, as(Bytes::value))
                  .addSerializer(TableRef.class, as(TableRef::toString))
                  .addSerializer(ReplicaSetting.class, as(ReplicaSetting::text))
                  .addSerializer(PartitionValues.class, as(PartitionValues::values))
                  .addSerializer(ResetState.class, as(Enum::name))
                  .addSerializer(Enum.class, as(Json::word)))
          .addMixIn(ClusterIdentity.class, ClusterShape.class)
          .addMixIn(RunIdentity.class, RunShape.class)
          .addMixIn(ShardTotals.class, TotalsShape.class)
          .addMixIn(ShardCopy.class, ShardShape.class)
          .addMixIn(GivenUp.class, GivenUpShape.class)
          .addMixIn(Hidden.class, HiddenShape.class)
          .addMixIn(CopyStep.class, StepShape.class)
          .addMixIn(RemedyResult.class, TreatmentShape.class)
          .addMixIn(Cure.class, CureShape.class)
          .build();

  private Json() {}

  /** A record as a tree, to which more may be added. */
  public static ObjectNode of(Object document) {
    return MAPPER.valueToTree(document);
  }

  /** The same for programs and people; ends with a line break. */
  public static String pretty(JsonNode json) {
    return Printable.lines(json.toPrettyString()) + "\n";
  }

  /** A constant as programs know it. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <T> JsonSerializer<T> as(Function<T, Object> shape) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider mapping)
          throws IOException {
        mapping.defaultSerializeValue(shape.apply(value), json);
      }
    };
  }

  @SuppressWarnings("rawtypes") // Jackson knows this class by its raw type.
  private static final class Present extends JsonSerializer<Optional> {
    @Override
    public boolean isEmpty(SerializerProvider mapping, Optional value) {
      return value.isEmpty();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void serialize(Optional value, JsonGenerator json, SerializerProvider mapping)
        throws IOException {
      mapping.defaultSerializeValue(value.orElse(null), json);
    }
  }

  private static final class Units extends PropertyNamingStrategies.SnakeCaseStrategy {
    private static final long serialVersionUID = 1;

    @Override
    public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod getter, String name) {
      String plain = super.nameForGetterMethod(config, getter, name);
      var type = getter.getType();
      var unit = type.hasRawClass(Optional.class) ? type.containedType(0) : type;
      if (unit.hasRawClass(Duration.class)) {
        return plain + "_ms";
      }
      boolean bytes = unit.hasRawClass(Bytes.class) && !plain.contains("bytes");
      return bytes ? plain + "_bytes" : plain;
    }
  }

  // How records of other rooms look where that differs from what they hold.

  @JsonIgnoreProperties("rebalance")
  interface ClusterShape {}

  @JsonIgnoreProperties("addresses")
  interface RunShape {
    @JsonProperty("id")
    String runId();
  }

  @JsonIncludeProperties({"primaries", "replicas", "problematic_replicas", "primary_bytes"})
  interface TotalsShape {}

  @JsonIgnoreProperties({"table", "checkpoints", "flushes", "diagnosis"})
  interface ShardShape {
    @JsonProperty("shard")
    long id();
  }

  @JsonIgnoreProperties("table")
  interface GivenUpShape {
    @JsonProperty("failed_attempts")
    @JsonInclude
    Optional<Long> attempts();

    @JsonInclude
    Optional<String> cause();
  }

  @JsonIgnoreProperties("unexplained")
  interface HiddenShape {
    @JsonProperty("unreported_shard_copies")
    long unreportedCopies();
  }

  @JsonIgnoreProperties("left")
  interface StepShape {
    @JsonProperty("from")
    String node();

    @JsonProperty("bytes")
    Optional<Bytes> size();
  }

  @JsonIncludeProperties({"remedy", "applied", "told"})
  interface TreatmentShape {}

  @JsonIgnoreProperties("back_at")
  interface CureShape {
    @JsonProperty("recovery_ms")
    Duration took();

    @JsonInclude
    Optional<Bytes> worstReplica();
  }

  /** ISO 8601 with milliseconds, in UTC. */
  public static String timestamp(Instant time) {
    return MILLISECONDS.format(time);
  }
}
