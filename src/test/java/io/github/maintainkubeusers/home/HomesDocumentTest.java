package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/homes.md names as proof is there. */
class HomesDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/homes.md");
  private static final Pattern TEST =
      Pattern.compile("`(\\w+)\\.(\\w+Test)\\.(\\w+)`|`(\\w+Test)\\.(\\w+)`");

  @Test
  void everyTestThatItNamesExists() throws IOException {
    List<String> missing =
        TEST.matcher(Files.readString(DOCUMENT))
            .results()
            .filter(test -> !exists(test))
            .map(MatchResult::group)
            .toList();
    assertThat(missing).isEmpty();
  }

  @Test
  void everySituationHasATest() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.startsWith("| situation |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(30).allMatch(row -> TEST.matcher(row).find());
  }

  private static boolean exists(MatchResult test) {
    String folder = test.group(1) == null ? "home" : test.group(1);
    String name = test.group(1) == null ? test.group(4) : test.group(2);
    String method = test.group(1) == null ? test.group(5) : test.group(3);
    try {
      Class<?> type = Class.forName("io.github.maintainkubeusers." + folder + "." + name);
      return Stream.of(type.getDeclaredMethods()).map(Method::getName).anyMatch(method::equals);
    } catch (ClassNotFoundException _) {
      return false;
    }
  }
}
