package io.github.maintainkubeusers.app;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The list of components that is made with the program. */
class BillOfMaterialsIT {
  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  @Test
  void namesExactlyTheLibrariesThatAreDelivered() throws IOException {
    JsonObject bill =
        JsonParser.parseString(Files.readString(Path.of("target/maintain-kubeusers.cdx.json")))
            .getAsJsonObject();
    TreeSet<String> named =
        StreamSupport.stream(bill.getAsJsonArray("components").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .map(BillOfMaterialsIT::file)
            .collect(toCollection(TreeSet::new));
    try (Stream<Path> libraries = Files.list(Path.of("target/lib"))) {
      assertThat(named)
          .isNotEmpty()
          .isEqualTo(
              libraries
                  .map(library -> library.getFileName().toString())
                  .collect(toCollection(TreeSet::new)));
    }
  }

  @Test
  void isTheSameForTheSameProgram() throws IOException {
    assertThat(Files.readString(Path.of("target/maintain-kubeusers.cdx.json")))
        .doesNotContain("\"serialNumber\"", "\"timestamp\"");
  }

  /** The classifier, where there is one, stands in the package URL alone. */
  private static String file(JsonObject part) {
    Matcher classifier = CLASSIFIER.matcher(text(part, "purl"));
    return text(part, "name")
        + "-"
        + text(part, "version")
        + (classifier.find() ? "-" + classifier.group(1) : "")
        + ".jar";
  }

  private static String text(JsonObject part, String key) {
    return part.get(key).getAsString();
  }
}
