package io.github.maintainkubeusers.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.kubeconfig.CurrentContext.Content;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrentContextTest {
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - name: other
        cluster: {server: "https://other"}
      - name: here
        cluster:
          server: https://here:6443
          certificate-authority: ca.crt
          certificate-authority-data: aGVsbG8=
      contexts:
      - name: mine
        context: {cluster: here, user: me}
      users:
      - name: me
        user: {client-certificate: ../client.crt, client-key: /keys/client.key}
      current-context: mine
      """;

  @Test
  void isWhatClientsUse() {
    CurrentContext context = read(KUBECONFIG);

    assertThat(context.name()).isEqualTo("mine");
    assertThat(context.server()).contains("https://here:6443");
    assertThat(context.verifies()).isTrue();
    assertThat(context.authorities())
        .as("what stands in the kubeconfig goes before a file")
        .get()
        .isInstanceOfSatisfying(
            Content.Inline.class,
            inline -> assertThat(inline.bytes()).isEqualTo("hello".getBytes(UTF_8)));
    assertThat(context.certificate()).contains(new Content.InFile("../client.crt"));
    assertThat(context.key()).contains(new Content.InFile("/keys/client.key"));
  }

  @Test
  void mayLackEverythingButNames() {
    CurrentContext context =
        read(
            KUBECONFIG
                .replace("cluster: here", "cluster: other")
                .replaceAll("user: \\{client.*}", "user: {token: secret}"));

    assertThat(context.authorities()).isEmpty();
    assertThat(context.certificate()).isEmpty();
    assertThat(context.key()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "current-context: mine|current-context: yours|there is no context of the name",
        "current-context: mine|x: y|it names no current-context",
        "user: me}|user: you}|there is no user of the name",
        "cluster: here,|cluster: nowhere,|there is no cluster of the name",
        "aGVsbG8=|a*b|is no base64",
        "kind: Config|kind: Pod|kind is not Config"
      })
  void isRefusedWhereClientsFail(String text, String replacement, String fault) {
    assertThatExceptionOfType(KubeconfigException.class)
        .isThrownBy(() -> read(KUBECONFIG.replace(text, replacement)))
        .withMessageContaining(fault);
  }

  private static CurrentContext read(String text) {
    return CurrentContext.read(text.getBytes(UTF_8));
  }
}
