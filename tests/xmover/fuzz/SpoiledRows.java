package xmover.fuzz;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;

/**
 * A cluster whose answers are spoiled: odd cells, lost rows, rows told twice or in another order.
 *
 * @param oneIn how many answers stay as they are for each that is spoiled
 */
public record SpoiledRows(Cluster cluster, RandomGenerator random, int oneIn) implements Cluster {
  @Override
  public Future<List<Row>> execute(Statement statement) {
    return cluster
        .execute(statement)
        .map(rows -> random.nextInt(oneIn + 1) > 0 ? rows : spoiled(rows));
  }

  private List<Row> spoiled(List<Row> sound) {
    List<Row> rows = new ArrayList<>(sound);
    switch (random.nextInt(rows.isEmpty() ? 1 : 8)) {
      case 0 -> rows.clear();
      case 1 -> rows.remove(random.nextInt(rows.size()));
      case 2 -> rows.add(RandomText.one(random, rows));
      case 3 -> Collections.shuffle(rows, new Random(random.nextLong()));
      default -> {
        int odd = 1 + random.nextInt(6);
        rows.replaceAll(row -> random.nextBoolean() ? row : odd(row, odd));
      }
    }
    return rows;
  }

  /** A row one in so many cells of which are odd; it tells the same whenever it is asked. */
  private Row odd(Row sound, int oneIn) {
    Map<String, Object> cells = new HashMap<>();
    return column -> {
      if (!cells.containsKey(column)) {
        Object cell = sound.value(column);
        cells.put(column, random.nextInt(oneIn) > 0 ? cell : OddCell.of(cell, random));
      }
      return cells.get(column);
    };
  }

  @Override
  public Future<Void> close() {
    return cluster.close();
  }
}
