package xmover.suite;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Tag;

/**
 * Begins with the classes that need something outside this JVM: they wait for each other, and what
 * stays in memory fits in beside them. Of that, what types whole commands or tries all faults is
 * long, and comes before the many that are short.
 */
public final class OutsideFirst implements ClassOrderer {
  private static final List<String> LONG = List.of("xmover.hostile", "xmover.cli");

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context.getClassDescriptors().sort(Comparator.comparing(OutsideFirst::turn));
  }

  private static int turn(ClassDescriptor type) {
    if (!type.findRepeatableAnnotations(Tag.class).isEmpty()) {
      return 0;
    }
    return LONG.contains(type.getTestClass().getPackageName()) ? 1 : 2;
  }
}
