package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.connection.ConnectionUrl;
import xmover.cluster.connection.InvalidSettings;
import xmover.cluster.connection.SslMode;
import xmover.web.ServeAddress;
import xmover.web.Token;

/** How the manifests under {@code config/kubernetes} go together. */
class ManifestsTest {
  static Stream<Workload> workloads() throws IOException {
    return Workload.all();
  }

  @Test
  void an_apply_takes_all_but_the_secret_and_the_emergency() throws IOException {
    var taken = new ArrayList<String>();
    JsonNode names = Config.yaml("kubernetes/kustomization.yaml").path("resources");
    names.forEach(name -> taken.add(name.asText()));
    assertEquals(List.of("serviceaccount.yaml", "networkpolicy.yaml", "cronjob.yaml"), taken);
    var account = Config.yaml("kubernetes/serviceaccount.yaml", ServiceAccount.class);
    assertEquals("xmover", account.getMetadata().getName());
    assertFalse(account.getAutomountServiceAccountToken());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void what_is_secret_comes_from_the_secret(Workload workload) throws IOException {
    Secret secret = secret();
    var names = new ArrayList<String>();
    for (EnvVar variable : workload.container().getEnv()) {
      var key = variable.getValueFrom().getSecretKeyRef();
      assertEquals(secret.getMetadata().getName(), key.getName());
      boolean optional = Boolean.TRUE.equals(key.getOptional());
      assertTrue(optional || secret.getStringData().containsKey(key.getKey()), key::getKey);
      names.add(variable.getName());
    }
    assertTrue(names.contains("CRATE_CONNECTION_STRING"), names::toString);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void the_connection_trusts_the_certificate_where_the_pod_has_it(Workload workload)
      throws IOException {
    ConnectionUrl url = connection();
    assertEquals(SslMode.VERIFY_FULL, url.sslMode().orElseThrow());
    Path folder = Path.of(workload.container().getVolumeMounts().get(0).getMountPath());
    var item = workload.pod().getVolumes().get(0).getSecret().getItems().get(0);
    assertEquals(url.rootCertificate().orElseThrow(), folder.resolve(item.getPath()));
    assertTrue(secret().getStringData().containsKey(item.getKey()));
  }

  @Test
  void the_token_to_be_filled_in_is_refused_as_it_stands() throws IOException {
    Map<String, String> environment = secret().getStringData();
    assertThrows(InvalidSettings.class, () -> Token.in(environment, file -> ""));
  }

  @Test
  void the_probes_ask_the_port_that_is_served() throws IOException {
    Workload emergency = Workload.all().toList().get(1);
    var container = emergency.container();
    ServeAddress served = ServeAddress.parse(emergency.value("--serve"));
    assertEquals(container.getPorts().get(0).getContainerPort(), served.port());
    assertFalse(served.isLoopback(), "the node could not ask");
    assertTrue(container.getEnv().stream().anyMatch(v -> v.getName().equals("XMOVER_TOKEN")));
    var probes =
        Map.of(
            "/health/live", List.of(container.getStartupProbe(), container.getLivenessProbe()),
            "/health/ready", List.of(container.getReadinessProbe()));
    probes.forEach((path, all) -> all.forEach(probe -> asks(probe, path)));
    assertTrue(ports(policy().getSpec().getIngress().get(0).getPorts()).contains(served.port()));
  }

  private static void asks(Probe probe, String path) {
    assertEquals(path, probe.getHttpGet().getPath());
    assertEquals("http", probe.getHttpGet().getPort().getStrVal());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void the_network_lets_through_what_is_asked_for(Workload workload) throws IOException {
    var spec = policy().getSpec();
    assertEquals(List.of("Ingress", "Egress"), spec.getPolicyTypes());
    Map<String, String> pods = workload.job().getTemplate().getMetadata().getLabels();
    assertTrue(pods.entrySet().containsAll(spec.getPodSelector().getMatchLabels().entrySet()));
    Set<Integer> reached =
        spec.getEgress().stream()
            .flatMap(rule -> ports(rule.getPorts()).stream())
            .collect(Collectors.toSet());
    assertTrue(reached.contains(53));
    assertTrue(reached.contains(connection().hosts().get(0).port()));
    assertTrue(reached.contains(URI.create(workload.value("--push-gateway")).getPort()));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void a_login_of_a_service_comes_from_the_secret_and_may_be_missing(Workload workload)
      throws IOException {
    String example = Files.readString(Config.FOLDER.resolve("kubernetes/secret.yaml"));
    for (String name :
        List.of("XMOVER_PUSH_GATEWAY_LOGIN", "XMOVER_ALERTMANAGER_LOGIN", "XMOVER_WEBHOOK_LOGIN")) {
      var key =
          workload.container().getEnv().stream()
              .filter(variable -> variable.getName().equals(name))
              .findFirst()
              .orElseThrow()
              .getValueFrom()
              .getSecretKeyRef();
      assertEquals(name, key.getKey());
      assertEquals(true, key.getOptional());
      assertTrue(example.contains("# " + name + ": "), example);
    }
  }

  private static Set<Integer> ports(List<NetworkPolicyPort> ports) {
    return ports.stream().map(port -> port.getPort().getIntVal()).collect(Collectors.toSet());
  }

  private static ConnectionUrl connection() throws IOException {
    return ConnectionUrl.parse(secret().getStringData().get("CRATE_CONNECTION_STRING"));
  }

  private static Secret secret() throws IOException {
    return Config.yaml("kubernetes/secret.yaml", Secret.class);
  }

  private static NetworkPolicy policy() throws IOException {
    return Config.yaml("kubernetes/networkpolicy.yaml", NetworkPolicy.class);
  }
}
