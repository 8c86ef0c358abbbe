package xmover.live;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * The tables of a run, counted.
 *
 * @param stages how many are at each stage; all stages are there
 * @param atZero how many may be at zero replicas at this moment
 */
record RunCounts(Map<Stage, Integer> stages, int atZero) {
  public RunCounts {
    stages = Collections.unmodifiableMap(new EnumMap<>(stages));
  }

  static RunCounts of(List<TableProgress> tables) {
    var stages = new EnumMap<Stage, Integer>(Stage.class);
    for (Stage stage : Stage.values()) {
      stages.put(stage, 0);
    }
    int atZero = 0;
    for (TableProgress table : tables) {
      stages.merge(table.stage(), 1, Integer::sum);
      atZero += table.isAtZero() ? 1 : 0;
    }
    return new RunCounts(stages, atZero);
  }

  public int at(Stage stage) {
    return stages.getOrDefault(stage, 0);
  }

  /** Those whose turn is over, however it ended. */
  public int ended() {
    return stages.entrySet().stream()
        .filter(entry -> entry.getKey().isEnd())
        .mapToInt(Entry::getValue)
        .sum();
  }

  public int all() {
    return stages.values().stream().mapToInt(Integer::intValue).sum();
  }
}
