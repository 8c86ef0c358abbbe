package xmover.config;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A manifest that runs xmover. */
record Workload(String file, JobSpec job) {
  static Stream<Workload> all() throws IOException {
    return Stream.of(
        new Workload("cronjob.yaml", cronJob().getSpec().getJobTemplate().getSpec()),
        new Workload("job.yaml", Config.yaml("kubernetes/job.yaml", Job.class).getSpec()));
  }

  static CronJob cronJob() throws IOException {
    return Config.yaml("kubernetes/cronjob.yaml", CronJob.class);
  }

  PodSpec pod() {
    return job.getTemplate().getSpec();
  }

  Container container() {
    return pod().getContainers().get(0);
  }

  List<String> arguments() {
    return container().getArgs();
  }

  /** What follows an option. */
  String value(String option) {
    return arguments().get(arguments().indexOf(option) + 1);
  }

  @Override
  public String toString() {
    return file;
  }
}
