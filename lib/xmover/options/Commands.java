package xmover.options;

import java.util.List;

/** A command that others are typed after. */
public interface Commands extends Action {
  /** These, in the order of the help; commands of picocli among them. */
  List<Object> commands();
}
