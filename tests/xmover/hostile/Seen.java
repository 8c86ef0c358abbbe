package xmover.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import cratesim.faults.KnownFault.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xmover.cli.Operator;

/**
 * What became of a cell, and the judge of it: who knows the settings that the simulated cluster
 * has, the statements that it got, and how the process ended; and nothing of how it works.
 *
 * @param uuid of the table that was selected
 * @param fired how often the faults took effect
 * @param watched what of the promise was broken on the way, each in a sentence
 * @param before the setting of each table, by the uuid of its index
 * @param attacked how the command ended that met the fault
 * @param sent what it sent that changes something
 * @param stranger the settings of the other cluster, if one answered meanwhile
 * @param after the settings at its end
 * @param sick whether a replica of the table still holds too much then
 * @param repaired how {@code resume} ended once the fault was gone
 * @param end the settings then
 */
record Seen(
    Cell cell,
    String uuid,
    int fired,
    List<String> watched,
    Map<String, String> before,
    Operator.Outcome attacked,
    List<String> sent,
    Map<String, String> stranger,
    Map<String, String> after,
    boolean sick,
    Operator.Outcome repaired,
    Map<String, String> end) {
  /** In place of an exit code. */
  static final int HANGS = -1;

  private static final int CRITICAL = 4;
  private static final Set<Integer> EXIT_CODES = Set.of(0, 1, 2, 3, CRITICAL);

  /** Of resume: the setting is back, whether healed or not. */
  private static final Set<Integer> BACK = Set.of(0, 3);

  private static final Pattern CHANGES_A_TABLE =
      Pattern.compile("^ALTER TABLE (\"doc\"\\.\"t(_\\w+)?\"|\"xmover\"\\..*) .*");
  private static final Pattern CHANGES_ALL =
      Pattern.compile("^(SET GLOBAL .*rebalance.*|RESET GLOBAL .*rebalance.*|.*RETRY FAILED)");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Which end it was. */
  End ending() {
    if (attacked.exitCode() == 0) {
      return after.containsKey(uuid) ? End.HEALED : End.GONE;
    }
    if (attacked.exitCode() == CRITICAL) {
      return End.UNFINISHED;
    }
    return isChanged() ? after.containsKey(uuid) ? End.PUT_BACK : End.GONE : End.REFUSED;
  }

  private boolean isChanged() {
    return sent.stream().anyMatch(text -> text.startsWith("ALTER"));
  }

  /** What of the promise was broken, each in a sentence; none is as it must be. */
  List<String> broken() {
    List<String> broken = new ArrayList<>(watched);
    settings(broken);
    others(broken);
    words(broken, attacked);
    words(broken, repaired);
    return broken;
  }

  private void settings(List<String> broken) {
    int code = attacked.exitCode();
    if (code == HANGS) {
      broken.add("it does not end");
    } else if (!EXIT_CODES.contains(code)) {
      broken.add("it ends with " + code);
    } else if (!isRight(after.get(uuid))) {
      if (code != CRITICAL) {
        broken.add("it ends with %d and leaves %s".formatted(code, after.get(uuid)));
      } else if (!lastLines().contains("doc.t")) {
        broken.add("it ends with 4 and its last lines do not name the table");
      }
    }
    if (!isRight(end.get(uuid))) {
      broken.add("resume leaves " + end.get(uuid) + " and ends with " + repaired.exitCode());
    } else if (!BACK.contains(repaired.exitCode())
        && end.containsKey(uuid)
        && !cell.isSetByOthers()) {
      broken.add("resume ends with " + repaired.exitCode() + " though all is back");
    }
    if (code == 0 && sick && isChanged()) {
      broken.add("it ends with 0, and the table is as sick as before");
    }
    if (!cell.ends().contains(ending())) {
      broken.add("it ends " + ending() + ", and may end " + cell.ends());
    }
  }

  /** The original, or what somebody else has set; nothing where the table was dropped. */
  private boolean isRight(@Nullable String setting) {
    return setting == null
        ? cell.ends().contains(End.GONE)
        : setting.equals(before.get(uuid)) || (cell.isSetByOthers() && setting.equals("2"));
  }

  private String lastLines() {
    List<String> lines = attacked.err().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()))
        + attacked.out();
  }

  private void others(List<String> broken) {
    end.forEach(
        (other, setting) -> {
          if (!other.equals(uuid) && !setting.equals(before.getOrDefault(other, "1"))) {
            broken.add("another table is at " + setting);
          }
        });
    if (stranger.containsValue("0")) {
      broken.add("a table of the other cluster was changed");
    }
    sent.stream()
        .filter(text -> text.startsWith("ALTER") || text.contains("GLOBAL"))
        .filter(text -> !CHANGES_A_TABLE.matcher(text).matches())
        .filter(text -> !CHANGES_ALL.matcher(text).matches())
        .forEach(text -> broken.add("it sent " + text));
  }

  private static void words(List<String> broken, Operator.Outcome outcome) {
    String all = outcome.out() + outcome.err();
    if (all.contains("\tat ") || all.contains("Exception in thread")) {
      broken.add("it shows a trace: " + all);
    }
    outcome.err().lines().filter(line -> line.startsWith("{")).forEach(line -> parse(broken, line));
  }

  private static void parse(List<String> broken, String line) {
    try {
      JSON.readTree(line);
    } catch (JsonProcessingException torn) {
      broken.add("no JSON: " + line);
    }
  }
}
