package cratesim.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** Says where a scenario is wrong and how: {@code tables[2].unsettled[0]: …}. */
public final class ScenarioProblem {
  private ScenarioProblem() {}

  public static String of(JsonProcessingException problem) {
    if (problem instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      return "there is no " + path(unknown) + ", known here are " + known;
    }
    if (problem instanceof MismatchedInputException other && other.getTargetType() != null) {
      String place = path(other);
      return (place.isEmpty() ? "" : place + ": ") + "it is no " + word(other.getTargetType());
    }
    String place = problem instanceof JsonMappingException mapping ? path(mapping) : "";
    if (problem.getCause() instanceof NullPointerException) {
      return (place.isEmpty() ? "" : place + ": ") + "a value is missing";
    }
    String reason =
        problem.getCause() instanceof IllegalArgumentException refused
            ? String.valueOf(refused.getMessage())
            : problem.getOriginalMessage();
    return place.isEmpty() ? reason : place + ": " + reason;
  }

  private static String word(Class<?> type) {
    if (type == String.class) {
      return "text";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "number that fits";
    }
    return Iterable.class.isAssignableFrom(type) ? "list" : "object";
  }

  private static String path(JsonMappingException problem) {
    var path = new StringBuilder();
    for (JsonMappingException.Reference step : problem.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
