package xmover.real;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that stop, kill or freeze nodes, skipped where {@code XMOVER_TEST_NODES} is not set. */
@NeedsCrateDb
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNodes.Condition.class)
@interface NeedsNodes {
  /** Says why they are skipped. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Nodes.named().isPresent()
          ? ConditionEvaluationResult.enabled("nodes can be stopped and started")
          : ConditionEvaluationResult.disabled(
              Nodes.VARIABLE
                  + " is not set: a command that stops, kills, freezes and starts a node, see"
                  + " CONTRIBUTING.md");
    }
  }
}
