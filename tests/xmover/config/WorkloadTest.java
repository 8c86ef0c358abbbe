package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.Xmover;
import xmover.cli.Operator;
import xmover.cluster.RetryPolicy;
import xmover.cluster.connection.Timeouts;

/** The CronJob and the Job under {@code config/kubernetes}. */
class WorkloadTest {
  /** Pulling the image and finding a node for it. */
  private static final Duration LATE_START = Duration.ofMinutes(5);

  static Stream<Workload> workloads() throws IOException {
    return Workload.all();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void nothing_is_run_twice(Workload workload) {
    assertEquals(0, workload.job().getBackoffLimit());
    assertEquals("Never", workload.pod().getRestartPolicy());
  }

  @Test
  void two_days_never_run_at_once() throws IOException {
    var daily = Workload.cronJob().getSpec();
    assertEquals("Forbid", daily.getConcurrencyPolicy());
    var spec = daily.getJobTemplate().getSpec();
    long longest =
        daily.getStartingDeadlineSeconds()
            + spec.getActiveDeadlineSeconds()
            + spec.getTemplate().getSpec().getTerminationGracePeriodSeconds();
    assertTrue(longest < Duration.ofDays(1).toSeconds(), longest + " s");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void a_restore_that_needs_all_its_tries_ends_before_the_pod_is_killed(Workload workload) {
    Duration given = Duration.ofSeconds(workload.pod().getTerminationGracePeriodSeconds());
    Timeouts answers = Timeouts.DEFAULT;
    // Stopped while an ALTER to 0 is under way, and a last look at the end, tried as reads are.
    Duration around =
        answers.alter().plus(answers.read().multipliedBy(RetryPolicy.STATEMENT.attempts()));
    Duration needed = longestRestore().plus(around);
    assertTrue(given.compareTo(needed) >= 0, given + " is shorter than " + needed);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void a_run_ends_itself_in_order_before_kubernetes_does(Workload workload) {
    Duration runtime = duration(workload.value("--max-runtime"));
    Duration grace = Duration.ofSeconds(workload.pod().getTerminationGracePeriodSeconds());
    Duration deadline = Duration.ofSeconds(workload.job().getActiveDeadlineSeconds());
    Duration needed = runtime.plus(grace).plus(LATE_START);
    assertTrue(deadline.compareTo(needed) >= 0, deadline + " is shorter than " + needed);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void xmover_takes_its_arguments_and_keeps_its_journal_where_it_outlives_the_pod(
      Workload workload) {
    Operator.parses(workload.arguments());
    assertEquals("heal", workload.arguments().get(0));
    assertEquals("cluster", workload.value("--journal"));
    assertEquals("json", workload.value("--log-format"));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void its_process_may_do_nothing_it_need_not(Workload workload) throws IOException {
    var pod = workload.pod();
    String user = pod.getSecurityContext().getRunAsUser() + ":";
    user += pod.getSecurityContext().getRunAsGroup();
    assertEquals(Dockerfile.read().all("USER"), List.of(user));
    assertTrue(pod.getSecurityContext().getRunAsNonRoot());
    assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
    assertFalse(pod.getAutomountServiceAccountToken());
    assertEquals("xmover", pod.getServiceAccountName());
    var process = workload.container().getSecurityContext();
    assertTrue(process.getReadOnlyRootFilesystem());
    assertFalse(process.getAllowPrivilegeEscalation());
    assertEquals(List.of("ALL"), process.getCapabilities().getDrop());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void it_asks_for_and_is_bound_to_memory_and_processors(Workload workload) {
    var resources = workload.container().getResources();
    for (var amounts : List.of(resources.getRequests(), resources.getLimits())) {
      assertEquals(2, amounts.size());
      assertTrue(amounts.containsKey("cpu") && amounts.containsKey("memory"));
    }
  }

  @Test
  void the_image_is_of_this_version() throws IOException {
    var emergency = Workload.all().toList().get(1);
    assertEquals("xmover:" + Xmover.VERSION, emergency.container().getImage());
    var tag = Config.yaml("kubernetes/kustomization.yaml").at("/images/0/newTag");
    assertEquals(Xmover.VERSION, tag.asText());
  }

  private static Duration longestRestore() {
    RetryPolicy policy = RetryPolicy.RESTORE;
    Timeouts answers = Timeouts.DEFAULT;
    // Look, ALTER, read back: each may hang until it is given up.
    Duration attempt = answers.read().plus(answers.alter()).plus(answers.read());
    Duration all = attempt.multipliedBy(policy.attempts());
    for (int failed = 1; failed < policy.attempts(); failed++) {
      all = all.plus(policy.delay(failed, () -> 0.5));
    }
    return all;
  }

  private static Duration duration(String text) {
    var units = Map.of('h', Duration.ofHours(1), 'm', Duration.ofMinutes(1));
    int last = text.length() - 1;
    return units.get(text.charAt(last)).multipliedBy(Long.parseLong(text.substring(0, last)));
  }
}
