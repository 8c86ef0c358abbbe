package xmover.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What CrateDB 6.4.3 says of a copy that it does not build any more. */
class GivenUpTest {
  private static final TableRef TABLE = TableRef.of("doc", "t");
  private static final String HELD =
      "a copy of this shard is already allocated to this node [[t][0], node[DhAt], [P]]";
  private static final String RETRIES =
      "shard has exceeded the maximum number of retries [5] on failed allocation attempts -"
          + " manually execute 'ALTER CLUSTER REROUTE RETRY FAILED' to retry,"
          + " [unassigned_info[[reason=ALLOCATION_FAILED], at[2026-11-26T13:10:53.270Z],"
          + " failed_attempts[5], failed_nodes[[o0zB6, DhAtC6]], delayed=false, %s"
          + "allocation_status[no_attempt]]]";

  private static Optional<GivenUp> of(String details) {
    return GivenUp.of(TABLE, 3, false, List.of(HELD, RETRIES.formatted(details)));
  }

  private static String cause(String details) {
    return of(details).orElseThrow().cause().orElse("none");
  }

  @Test
  void a_shard_that_could_not_be_created_says_so_without_its_stack_trace() {
    assertEquals(
        "failed to create shard, failure java.nio.file.AccessDeniedException: /data/qH6i/1/index",
        cause(
            "details[failed shard on node [DhAtC6]: failed to create shard, failure"
                + " java.nio.file.AccessDeniedException: /data/qH6i/1/index\n"
                + "\tat sun.nio.fs.UnixException.translateToIOException(UnixException.java:90)\n"
                + "\tat java.lang.Thread.run(Thread.java:1474)\n], "));
  }

  @Test
  void of_a_recovery_that_failed_the_last_cause_is_told_in_one_line() {
    assertEquals(
        "java.io.IOException: could not remove the following files: /data/1/translog: denied",
        cause(
            "details[failed shard on node [DhAtC6]: failed recovery, failure org.elasticsearch"
                + ".indices.recovery.RecoveryFailedException: [t/qH6][1]: Recovery failed from"
                + " {n3}{bl}{dm} into {n1}{Dh}\n"
                + "\tat java.lang.Thread.run(Thread.java:1474)\n"
                + "Caused by: java.io.IOException: could not remove the following files:\n"
                + "   /data/1/translog: denied\n\n"
                + "\tat java.lang.Thread.run(Thread.java:1474)\n\t... 8 more\n], "));
  }

  @Test
  void a_long_cause_is_cut() {
    assertEquals(
        201, cause("details[failed shard on node [x]: " + "y".repeat(900) + "], ").length());
  }

  @Test
  void without_details_it_is_given_up_all_the_same() {
    GivenUp copy = of("").orElseThrow();
    assertEquals(Optional.of(5L), copy.attempts());
    assertEquals(Optional.empty(), copy.cause());
    assertEquals(
        "CrateDB gave a replica of shard 3 up after 5 failed attempts: it does not say why",
        copy.sentence());
  }

  @Test
  void a_copy_that_waits_for_a_place_is_not_given_up() {
    assertEquals(Optional.empty(), GivenUp.of(TABLE, 0, false, List.of(HELD)));
    assertEquals(Optional.empty(), GivenUp.of(TABLE, 0, false, List.of()));
  }
}
