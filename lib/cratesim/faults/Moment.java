package cratesim.faults;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the course of a run, known by the statements that come then.
 *
 * @param sentence what a client does then, for an operator
 * @param statement found in each statement of this moment
 * @param after found in a statement that has come before; null when the moment may be the first
 */
public record Moment(String name, String sentence, Pattern statement, @Nullable Pattern after) {
  static Moment of(String name, String sentence, String statement, @Nullable String after) {
    return new Moment(
        name,
        sentence,
        Pattern.compile(statement, Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
        after == null ? null : Pattern.compile(after, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
  }

  boolean isFirst() {
    return after == null;
  }

  boolean follows(String text) {
    return after != null && after.matcher(text).find();
  }

  boolean has(String text) {
    return statement.matcher(text).find();
  }
}
