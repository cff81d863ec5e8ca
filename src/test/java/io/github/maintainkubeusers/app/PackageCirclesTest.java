package io.github.maintainkubeusers.app;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * In no package do files need each other in a circle, so that each can be read after what it needs.
 * That a sealed type names its cases does not count.
 */
class PackageCirclesTest {
  private static final String BASE = "io/github/maintainkubeusers/";
  private static final Pattern NAME = Pattern.compile(BASE + "[\\w/]+");

  @Test
  void noFilesOfAPackageNeedEachOtherInACircle() throws IOException, URISyntaxException {
    Map<String, Set<String>> needs = needs();

    assertThat(needs).hasSizeGreaterThan(300);
    List<String> circles = new ArrayList<>();
    needs
        .keySet()
        .forEach(
            file -> {
              List<String> way = wayBack(file, needs);
              if (!way.isEmpty()) {
                circles.add(String.join(" -> ", way));
              }
            });
    assertThat(circles).isEmpty();
  }

  /** From a file over others to itself by the shortest way; empty when there is none. */
  private static List<String> wayBack(String file, Map<String, Set<String>> needs) {
    Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(file)));
    var seen = new HashSet<String>();
    while (!ways.isEmpty()) {
      List<String> way = ways.remove();
      for (String next : needs.getOrDefault(way.getLast(), Set.of())) {
        var longer = new ArrayList<>(way);
        longer.add(next);
        if (next.equals(file)) {
          return longer;
        }
        if (seen.add(next)) {
          ways.add(longer);
        }
      }
    }
    return List.of();
  }

  /** By file, those of the same package that it names. */
  private static Map<String, Set<String>> needs() throws IOException, URISyntaxException {
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var needs = new TreeMap<String, Set<String>>();
    try (Stream<Path> files = Files.walk(classes)) {
      files
          .filter(file -> file.toString().endsWith(".class"))
          .forEach(
              file -> {
                ClassModel model = parse(file);
                String own = file(model.thisClass().asInternalName());
                Set<String> others = needs.computeIfAbsent(own, _ -> new TreeSet<>());
                named(model).stream()
                    .filter(other -> !other.equals(own) && room(other).equals(room(own)))
                    .forEach(others::add);
              });
    }
    return needs;
  }

  private static Set<String> named(ClassModel model) {
    Set<String> cases =
        model.findAttribute(Attributes.permittedSubclasses()).stream()
            .flatMap(attribute -> attribute.permittedSubclasses().stream())
            .map(ClassEntry::asInternalName)
            .map(PackageCirclesTest::file)
            .collect(toCollection(TreeSet::new));
    var named = new TreeSet<String>();
    for (PoolEntry entry : model.constantPool()) {
      String text =
          switch (entry) {
            case ClassEntry type -> type.asInternalName();
            case Utf8Entry utf8 -> utf8.stringValue();
            default -> "";
          };
      NAME.matcher(text)
          .results()
          .map(MatchResult::group)
          .map(PackageCirclesTest::file)
          .forEach(named::add);
    }
    named.removeAll(cases);
    return named;
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nested classes stand in the file of the outermost. */
  private static String file(String type) {
    int nested = type.indexOf('$');
    return (nested < 0 ? type : type.substring(0, nested)).substring(BASE.length());
  }

  private static String room(String file) {
    return file.substring(0, Math.max(0, file.lastIndexOf('/')));
  }
}
