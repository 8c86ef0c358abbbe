package cratesim.wire;

import java.util.ArrayList;
import java.util.List;

/** Which columns or parameters travel in binary: none, all, or each as it is said. */
record PgFormats(List<Integer> codes) {
  static final PgFormats TEXT = new PgFormats(List.of());

  static PgFormats read(PgFrame frame) {
    int count = frame.int16();
    var codes = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      codes.add(frame.int16());
    }
    return new PgFormats(codes);
  }

  boolean binary(int position) {
    int code =
        switch (codes.size()) {
          case 0 -> 0;
          case 1 -> codes.get(0);
          default -> codes.get(position);
        };
    return code == 1;
  }
}
