package cratesim.wire;

import cratesim.faults.Fault;
import cratesim.model.SqlAnswer;
import java.util.ArrayList;
import java.util.List;

/** Answers with rows that no cluster should give. */
final class OddAnswer {
  private OddAnswer() {}

  /** Its first row has an odd cell, if it has such a row and column. */
  static SqlAnswer with(Fault.OddCell cell, SqlAnswer answer) {
    int column =
        answer.columns().stream().map(SqlAnswer.Column::name).toList().indexOf(cell.column());
    if (column < 0 || answer.rows().isEmpty()) {
      return answer;
    }
    var columns = new ArrayList<>(answer.columns());
    if (cell.type() != null) {
      columns.set(column, new SqlAnswer.Column(cell.column(), cell.type()));
    }
    var rows = new ArrayList<List<Object>>(answer.rows().size());
    for (List<Object> row : answer.rows()) {
      var cells = new ArrayList<Object>(row);
      if (rows.isEmpty()) {
        cells.set(column, cell.value());
      } else if (cell.type() != null && cells.get(column) != null) {
        cells.set(column, cells.get(column).toString());
      }
      rows.add(cells);
    }
    return new SqlAnswer(columns, rows, answer.tag(), answer.rowCount());
  }

  /** Some rows come twice or not at all. */
  static SqlAnswer with(Fault.OddRows odd, SqlAnswer answer) {
    if (answer.rows().isEmpty()) {
      return answer;
    }
    var rows = new ArrayList<List<Object>>(answer.rows());
    switch (odd) {
      case TWICE -> rows.add(0, rows.get(0));
      case MISSING -> rows.remove(0);
      case NONE -> rows.clear();
    }
    return new SqlAnswer(answer.columns(), rows, answer.tag(), rows.size());
  }
}
