package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonParseException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEntriesTest {
  @Test
  void readWhatTheyWrite() {
    Map<String, String> entries = Map.of("uid", "1001", "reason", "a \"quoted\" one");

    assertThat(JsonEntries.read(JsonEntries.write(entries))).isEqualTo(entries);
    assertThat(JsonEntries.read("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{", "[7]", "7", "\"text\"", "{\"uid\": null}", "{\"uid\": {}}"})
  void areNothingElse(String text) {
    assertThatExceptionOfType(JsonParseException.class).isThrownBy(() -> JsonEntries.read(text));
  }
}
