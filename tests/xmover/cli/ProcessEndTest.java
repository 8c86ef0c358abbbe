package xmover.cli;

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
    end.watch();
    end.within(Duration.ofMillis(1), ExitCode.CRITICAL.number());
    assertEquals(4, ended.get(10, TimeUnit.SECONDS));
  }

  @Test
  void a_process_that_is_not_the_commands_own_is_not_ended() throws Exception {
    var ended = new CompletableFuture<Integer>();
    var end = new ProcessEnd(ended::complete);
    end.within(Duration.ZERO, 0);
    end.watch();
    end.within(Duration.ofMillis(1), 3);
    assertEquals(3, ended.get(10, TimeUnit.SECONDS));
  }
}
