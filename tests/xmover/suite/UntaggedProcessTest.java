package xmover.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A class that starts processes has a tag, so that {@code --fast} stays fast. */
class UntaggedProcessTest {
  private static final JavaClasses ALL =
      new ClassFileImporter().importPackages("xmover", "packaging");

  @Test
  void no_class_starts_a_process_and_does_not_say_so() {
    List<String> untagged =
        ALL.stream()
            .filter(type -> type.getSimpleName().endsWith("Test"))
            // These still start what could run in this process.
            .filter(type -> !type.getPackageName().equals("xmover.cli"))
            .filter(type -> startsProcesses(type, new HashSet<>()))
            .filter(type -> !hasTag(type))
            .map(JavaClass::getName)
            .sorted()
            .toList();
    assertEquals(List.of(), untagged);
  }

  /** By itself, or by what it uses. */
  private static boolean startsProcesses(JavaClass type, Set<JavaClass> seen) {
    return seen.add(type)
        && type.getDirectDependenciesFromSelf().stream()
            .map(Dependency::getTargetClass)
            .anyMatch(
                used ->
                    used.getName().equals("java.lang.ProcessBuilder")
                        || (ALL.contain(used.getName()) && startsProcesses(used, seen)));
  }

  private static boolean hasTag(JavaClass type) {
    return Stream.concat(Stream.of(type), type.getMethods().stream())
        .anyMatch(UntaggedProcessTest::isTagged);
  }

  private static boolean isTagged(HasAnnotations<?> member) {
    return member.isMetaAnnotatedWith(Tag.class);
  }
}
