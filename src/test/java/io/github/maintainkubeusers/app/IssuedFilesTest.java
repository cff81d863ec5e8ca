package io.github.maintainkubeusers.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry.Pair;
import io.github.maintainkubeusers.reconcile.CredentialFiles;
import io.github.maintainkubeusers.reconcile.KubeconfigPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuedFilesTest {
  private static final CredentialFiles CREDENTIALS =
      new CredentialFiles(
          "backup",
          new Pair("certificate".getBytes(UTF_8), "key".getBytes(UTF_8)),
          new ClusterEndpoint("https://10.0.0.11:6443", "cas".getBytes(UTF_8)),
          KubeconfigPolicy.named("lab"));

  @TempDir private Path folder;

  @Test
  void areReadByTheirOwnerAlone() throws IOException {
    Path made = folder.resolve("a/b");

    new IssuedFiles.InFolder(made).write(CREDENTIALS);

    assertThat(permissions(made)).isEqualTo("rwx------");
    for (String name : new String[] {"cert.pem", "key.pem", "ca.crt"}) {
      assertThat(permissions(made.resolve(name))).isEqualTo("rw-------");
    }
    assertThat(made.resolve("key.pem")).hasContent("key");
    assertThat(made.resolve("cert.pem")).hasContent("certificate");
    assertThat(made.resolve("ca.crt")).hasContent("cas");
  }

  @Test
  void areOneKubeconfigThatNeedsNoOther() throws IOException {
    Path file = folder.resolve("backup.kubeconfig");

    new IssuedFiles.InKubeconfig(file).write(CREDENTIALS);

    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(file)
        .content()
        .contains("client-key-data: a2V5", "server: https://10.0.0.11:6443", "name: backup");
  }

  @Test
  void takeNobodysPlace() throws IOException {
    Path key = Files.writeString(folder.resolve("key.pem"), "precious");
    var files = new IssuedFiles.InFolder(folder);

    assertThatExceptionOfType(InputException.class)
        .isThrownBy(files::requireFree)
        .withMessageContaining(key + ": it exists");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> files.write(CREDENTIALS))
        .withMessageContaining("it exists");

    assertThat(key).hasContent("precious");
    assertThat(folder).isDirectoryNotContaining("glob:**/c*");
  }

  @Test
  void followNoLink() throws IOException {
    Path target = folder.resolve("elsewhere");
    Path link = Files.createSymbolicLink(folder.resolve("backup"), target);
    var file = new IssuedFiles.InKubeconfig(link);

    assertThatExceptionOfType(InputException.class).isThrownBy(file::requireFree);
    assertThatExceptionOfType(InputException.class).isThrownBy(() -> file.write(CREDENTIALS));

    assertThat(target).doesNotExist();
  }

  @Test
  void sayWhyTheyCannotBeWritten() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(
            () -> new IssuedFiles.InKubeconfig(folder.resolve("no/such/file")).write(CREDENTIALS))
        .withMessageContaining("could not write");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
