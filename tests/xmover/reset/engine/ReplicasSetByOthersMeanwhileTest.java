package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static xmover.reset.engine.ResetBench.T;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;

/** Who sets other replicas while an ALTER to 0 is to be repeated keeps them. */
class ReplicasSetByOthersMeanwhileTest {
  static Stream<FaultyCluster.Fault> alters() {
    return Stream.of(FaultyCluster.answerNothing(), FaultyCluster.fail(Kind.TIMEOUT));
  }

  @ParameterizedTest
  @MethodSource("alters")
  void no_second_alter_to_0_leaves_and_their_setting_stays(FaultyCluster.Fault first) {
    ResetBench bench = ResetBench.oneTable("1");
    bench.link.once("'0')", first);
    var reset = bench.processor(T).run();
    bench.timers.advance(Duration.ofSeconds(2));
    int zeros = zeros(bench);
    bench.sql("ALTER TABLE doc.t SET (number_of_replicas = '2')");
    ResetJob job = bench.timers.run(reset);
    assertEquals(zeros, zeros(bench));
    assertEquals("2", bench.replicas());
    assertEquals(ResetState.FAILED, job.state());
  }

  private static int zeros(ResetBench bench) {
    List<String> written = bench.link.written();
    return (int) written.stream().filter(sql -> sql.contains("'0')")).count();
  }
}
