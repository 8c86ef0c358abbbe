package xmover.web;

import java.util.Locale;

/** What a run can be told from outside. */
public enum Order {
  /** Start no new table; those under way go on. */
  PAUSE,
  /** End a pause. */
  CONTINUE,
  /** Start no new table and put those under way back at once. */
  ABORT;

  /** As it is typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
