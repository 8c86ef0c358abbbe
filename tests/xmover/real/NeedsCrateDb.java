package xmover.real;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceLock;
import xmover.suite.Outside;

/** Tests that need a real CrateDB, and are skipped where {@code XMOVER_TEST_CRATEDB} names none. */
@Tag(Outside.CRATEDB)
@ResourceLock(Outside.CRATEDB)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCrateDb.Condition.class)
@interface NeedsCrateDb {
  /** Says why they are skipped. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return RealCluster.named().isPresent()
          ? ConditionEvaluationResult.enabled("there is a CrateDB")
          : ConditionEvaluationResult.disabled(
              "no real CrateDB: set "
                  + RealCluster.VARIABLE
                  + " to a connection URL, such as http://127.0.0.1:4200");
    }
  }
}
