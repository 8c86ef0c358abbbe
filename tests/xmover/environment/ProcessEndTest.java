package xmover.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A pipe that nobody read kept a process for ever, and the next one from being started. */
class ProcessEndTest {
  @Test
  void what_does_not_end_by_itself_is_ended_with_the_code_of_the_tables() throws Exception {
    var ended = new CompletableFuture<Integer>();
    var end = new ProcessEnd(ended::complete);
    var unused = end.within(Duration.ofMillis(1), 4);
    assertEquals(4, ended.get(10, TimeUnit.SECONDS));
  }

  @Test
  void a_process_that_is_not_the_commands_own_goes_on() {
    ProcessEnd.NOT_OURS.now(3);
  }
}
