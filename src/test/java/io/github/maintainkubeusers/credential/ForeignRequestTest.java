package io.github.maintainkubeusers.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignRequestTest {
  private static final SubjectName SUBJECT = new SubjectName("backup", List.of("jobs", "nightly"));

  @TempDir private Path folder;

  @Test
  void tellsSubjectAndKey() {
    ClientKey key = ClientKey.generate(KeyAlgorithm.ECDSA_P256, new SecureRandom());

    ForeignRequest request = ForeignRequest.parse(SigningRequest.create(key, SUBJECT));

    assertThat(request.subject()).isEqualTo(SUBJECT);
    assertThat(request.publicKey().getEncoded()).isEqualTo(key.publicKey().getEncoded());
  }

  @Test
  void isThatOfOpenssl() throws IOException, InterruptedException {
    ForeignRequest request = ForeignRequest.parse(openssl("rsa:2048", "/O=jobs/CN=backup"));

    assertThat(request.subject()).isEqualTo(new SubjectName("backup", List.of("jobs")));
    assertThat(new String(request.pem(), UTF_8)).startsWith("-----BEGIN CERTIFICATE REQUEST");
  }

  @Test
  void isThisRequestAlone() throws IOException, InterruptedException {
    byte[] request = openssl("rsa:2048", "/CN=backup");
    byte[] other = openssl("rsa:2048", "/CN=admin");

    assertThat(
            ForeignRequest.parse(
                    (new String(request, UTF_8) + new String(other, UTF_8)).getBytes(UTF_8))
                .pem())
        .asString(UTF_8)
        .hasSameSizeAs(new String(request, UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rsa:1024 | /CN=backup | an RSA key must have 2048",
        "rsa:2048 | /CN=backup/CN=root | its subject must have one CN",
        "rsa:2048 | /O=jobs | its subject must have one CN",
        "rsa:2048 | /CN=backup/OU=x | its subject must have one CN",
        "rsa:2048 -addext subjectAltName=DNS:x | /CN=backup | it asks for extensions"
      })
  void isRefused(String key, String subject, String reason)
      throws IOException, InterruptedException {
    byte[] request = openssl(key.strip(), subject.strip());

    assertThatExceptionOfType(CredentialException.class)
        .isThrownBy(() -> ForeignRequest.parse(request))
        .withMessageContaining(reason);
  }

  @Test
  void isRefusedWhenSomebodyElseHasSignedIt() {
    byte[] request =
        SigningRequest.create(
            ClientKey.generate(KeyAlgorithm.ECDSA_P256, new SecureRandom()), SUBJECT);
    String pem = new String(request, UTF_8);
    int end = pem.indexOf("\n-----END");
    String changed = pem.substring(0, end - 12) + "AAAAAAAA" + pem.substring(end - 4);

    assertThatExceptionOfType(CredentialException.class)
        .isThrownBy(() -> ForeignRequest.parse(changed.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "backup",
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        "-----BEGIN CERTIFICATE REQUEST-----\n"
      })
  void isRefusedWhenItIsNone(String text) {
    assertThatExceptionOfType(CredentialException.class)
        .isThrownBy(() -> ForeignRequest.parse(text.getBytes(UTF_8)))
        .withMessageStartingWith("could not read the request: ");
  }

  private byte[] openssl(String key, String subject) throws IOException, InterruptedException {
    Path file = Files.createTempFile(folder, "request", ".csr");
    String command =
        "openssl req -new -nodes -newkey "
            + key
            + " -keyout "
            + folder.resolve("key.pem")
            + " -subj "
            + subject
            + " -out "
            + file;
    Process openssl =
        new ProcessBuilder(command.split(" "))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(openssl.waitFor()).isZero();
    return Files.readAllBytes(file);
  }
}
