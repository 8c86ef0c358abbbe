package xmover.reset.engine;

import java.util.Optional;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/**
 * What one look at the catalogue tells of a table: that it is there, that it is not, or nothing.
 */
sealed interface TableLookup {
  /** Why nothing is known of it, in words; of what is known, that. */
  String reason();

  /**
   * It is there: the right table of the right cluster.
   *
   * @param name what it is called now
   * @param text its number_of_replicas as it stands there
   * @param primaries how many it has
   * @param identity empty only where nobody knows which table is looked for, and no copy tells it
   */
  record Found(
      TableRef name, String text, long primaries, boolean closed, Optional<TableIdentity> identity)
      implements TableLookup {
    /** The setting, empty when it is in a form nobody knows. */
    Optional<ReplicaSetting> setting() {
      return ReplicaSetting.read(text);
    }

    boolean shows(ReplicaSetting expected) {
      return text.equals(expected.text());
    }

    /** Whether it goes by another name than this one. */
    boolean isNamedOtherwise(TableRef before) {
      return !name.isCalled(before);
    }

    @Override
    public String reason() {
      return "number_of_replicas shows '" + text + "'";
    }
  }

  /**
   * Nothing is known of it.
   *
   * @param reason why, in words
   */
  record Unknown(String reason) implements TableLookup {}

  /**
   * Nobody could read which table it is.
   *
   * @param reason why, in words
   * @param underName what the catalogue says of the table that has its name, which may be another
   *     one; empty where that could not be read either
   */
  record Unreadable(String reason, Optional<Found> underName) implements TableLookup {}

  /** It is nowhere, and nothing that could hide it does so at this moment. */
  record Missing() implements TableLookup {
    @Override
    public String reason() {
      return "it is nowhere to be seen";
    }
  }
}
