package xmover.suite;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Tag;

/**
 * Begins with the classes that need something outside this JVM: they wait for each other, and what
 * stays in memory fits in beside them.
 */
public final class OutsideFirst implements ClassOrderer {
  @Override
  public void orderClasses(ClassOrdererContext context) {
    context.getClassDescriptors().sort(Comparator.comparing(OutsideFirst::staysInMemory));
  }

  private static boolean staysInMemory(ClassDescriptor type) {
    return type.findRepeatableAnnotations(Tag.class).isEmpty();
  }
}
