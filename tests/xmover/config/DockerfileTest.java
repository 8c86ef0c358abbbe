package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cli.Operator;

/** The Dockerfile, read as an engine would; {@link ImageTest} runs what it runs. */
class DockerfileTest {
  private final Dockerfile dockerfile;

  DockerfileTest() throws IOException {
    dockerfile = Dockerfile.read();
  }

  @Test
  void it_has_two_stages_of_one_java_and_ends_on_a_jre() {
    List<String> stages = dockerfile.all("FROM");
    assertEquals(2, stages.size(), stages::toString);
    String java = stages.get(0).replaceFirst(".*-(\\d+) AS build", "$1");
    assertEquals("eclipse-temurin:" + java + "-jre", stages.get(1));
  }

  @Test
  void its_steps_are_the_scripts_that_the_tests_run() {
    List<String> steps = dockerfile.all("RUN");
    assertTrue(steps.get(0).endsWith(" config/docker/export.sh /opt/xmover"), steps::toString);
    assertTrue(steps.get(1).endsWith(",target=/train.sh /train.sh /opt/xmover"), steps::toString);
    assertTrue(steps.get(1).contains("source=config/docker/train.sh,"), steps::toString);
    assertTrue(steps.get(2).startsWith("useradd --uid 10001 "), steps::toString);
    assertEquals(3, steps.size());
    for (String script : List.of("docker/export.sh", "docker/train.sh")) {
      assertTrue(Files.isExecutable(Config.FOLDER.resolve(script)), script);
    }
  }

  @Test
  void java_is_the_first_process_and_its_user_has_a_number_and_no_rights() throws IOException {
    List<String> words = dockerfile.words("ENTRYPOINT");
    assertEquals("java", words.get(0));
    assertEquals(List.of("10001:10001"), dockerfile.all("USER"));
    List<String> all = dockerfile.instructions();
    assertTrue(all.indexOf("USER 10001:10001") > all.lastIndexOf(dockerfile.all("RUN").get(2)));
  }

  @Test
  void its_health_is_a_connection_tested_in_less_time_than_the_engine_gives() throws IOException {
    List<String> words = dockerfile.words("HEALTHCHECK");
    List<String> entrypoint = dockerfile.words("ENTRYPOINT");
    assertEquals(entrypoint, words.subList(0, entrypoint.size()));
    List<String> arguments = words.subList(entrypoint.size(), words.size());
    assertEquals(List.of("test-connection", "--timeout", "10s"), arguments);
    assertTrue(dockerfile.all("HEALTHCHECK").get(0).contains("--timeout=15s "));
    Operator.parses(arguments);
  }
}
