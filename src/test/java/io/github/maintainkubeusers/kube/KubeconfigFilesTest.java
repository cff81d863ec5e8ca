package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubernetes.client.util.KubeConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigFilesTest {
  @TempDir Path folder;

  private Path standard;
  private Path one;
  private Path two;

  @BeforeEach
  void write() throws IOException {
    standard = write(".kube/config", "standard", "");
    one = write("a/one", "one", "certificate-authority: ca.crt, ");
    two = write("b/two", "two", "certificate-authority: ca.crt, ");
  }

  @Test
  void takesTheStandardFileWhereTheVariableIsMissingOrEmpty() throws IOException {
    assertThat(KubeconfigFiles.of(Optional.empty(), folder)).containsExactly(standard);
    assertThat(KubeconfigFiles.of(Optional.of(""), folder)).containsExactly(standard);
    assertThat(KubeconfigFiles.of(Optional.of(File.pathSeparator), folder))
        .containsExactly(standard);
  }

  @Test
  void takesOfAListWhatIsThere() throws IOException {
    String list =
        String.join(File.pathSeparator, one.toString(), folder + "/missing", two.toString());
    assertThat(KubeconfigFiles.of(Optional.of(list), folder)).containsExactly(one, two);
    List<Path> missing = KubeconfigFiles.of(Optional.of(folder + "/missing"), folder);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> KubeconfigFiles.read(missing))
        .withMessage("there is no such file");
  }

  @Test
  void mergesFilesTheFirstOfWhichCounts() throws IOException {
    KubeConfig merged = KubeconfigFiles.read(List.of(two, one));
    assertThat(merged.getCurrentContext()).isEqualTo("two");
    assertThat(merged.getServer()).isEqualTo("https://two.example");
    assertThat(merged.getCertificateAuthorityFile()).isEqualTo(folder + "/b/ca.crt");
    assertThat(merged.setContext("one")).isTrue();
    assertThat(merged.getCertificateAuthorityFile()).isEqualTo(folder + "/a/ca.crt");
  }

  @Test
  void readsAFileThatIsNamedWithoutAFolder() throws IOException {
    Path inThisFolder = Files.createTempFile(Path.of(""), "kubeconfig-", ".yaml");
    try {
      Files.copy(one, inThisFolder, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(KubeconfigFiles.read(List.of(inThisFolder.getFileName())).getServer())
          .isEqualTo("https://one.example");
    } finally {
      Files.delete(inThisFolder);
    }
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "- a\n");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> KubeconfigFiles.read(List.of(list)))
        .withMessageStartingWith(list + " is not a kubeconfig: ");
    Path nowhere =
        Files.writeString(
            folder.resolve("nowhere"),
            Files.readString(one).replace("current-context: one", "current-context: none"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> KubeconfigFiles.read(List.of(nowhere)))
        .withMessageContaining("has no current-context that is one of its contexts");
  }

  @Test
  void refusesToBeNobodyWhenAPluginGivesNoCredentials() throws IOException {
    Path plugin =
        Files.writeString(
            folder.resolve("plugin"),
            Files.readString(one)
                .replace(
                    "user: {token: one}",
                    "user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command:"
                        + " no-such-plugin}}"));
    KubeConfig config = KubeconfigFiles.read(List.of(plugin));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> KubeconfigFiles.requireCredentials(config))
        .withMessage("the exec plugin of user one gave no credentials: is it installed?");
    assertThat(KubeconfigFiles.requireCredentials(KubeconfigFiles.read(List.of(one)))).isNotNull();
  }

  private Path write(String name, String entry, String more) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: %1$s
        clusters: [{name: %1$s, cluster: {%2$sserver: "https://%1$s.example"}}]
        contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s}}]
        users: [{name: %1$s, user: {token: %1$s}}]
        """
            .formatted(entry, more));
  }
}
