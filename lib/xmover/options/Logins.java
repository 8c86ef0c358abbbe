package xmover.options;

import java.util.Optional;
import xmover.environment.Environment;
import xmover.observe.Login;
import xmover.observe.RunScene;
import xmover.observe.ServiceUrl;

/** Logins for services beside the cluster; they come from the environment, as all secrets do. */
record Logins(Environment environment, RunScene scene) {
  static final String PUSH_GATEWAY = "XMOVER_PUSH_GATEWAY_LOGIN";
  static final String ALERTMANAGER = "XMOVER_ALERTMANAGER_LOGIN";
  static final String WEBHOOK = "XMOVER_WEBHOOK_LOGIN";

  /** Empty where none is set; refuses one that would be sent in the clear. */
  Optional<Login> of(String name, ServiceUrl url) {
    return Login.in(
        environment.variables(), name, environment::textOf, url, scene.cleartextPasswordAllowed());
  }
}
