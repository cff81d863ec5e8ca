package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.kube.ClusterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeysTest {
  @Test
  void areKnownByTheirIds() {
    assertThat(
            TokenKeys.parse(
                "{\"keys\": [{\"kid\": \"b\", \"kty\": \"RSA\"}, {\"kid\": \"a\"},"
                    + " {\"kid\": \"a\"}]}"))
        .containsExactly("a", "b");
    assertThat(TokenKeys.parse("{\"keys\": []}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "<html>",
        "{\"keys\": {}}",
        "{\"keys\": [1]}",
        "{\"keys\": [{}]}",
        "{\"keys\": [{\"kid\": null}]}",
        "{\"keys\": [{\"kid\": {}}]}"
      })
  void areNoneOfWhatIsNoKeySet(String body) {
    assertThatExceptionOfType(ClusterException.class).isThrownBy(() -> TokenKeys.parse(body));
  }
}
