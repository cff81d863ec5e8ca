package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CredentialStanding;
import io.github.maintainkubeusers.certificates.Ownership;
import io.github.maintainkubeusers.certificates.StandingText;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says to whom a certificate gives rights. */
@Command(
    name = "whose",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Says whose a certificate is, and whether it has rights now.",
    description = {
      "%nTells account, generation, and what has become of it: current, superseded, revoked,"
          + " quarantined,",
      "ended or unknown. A certificate at hand tells most: by fingerprint, an account's newest and"
          + " the last",
      "eight before it that have not ended are known, by serial number the newest.%n"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:it has rights now",
      "1:the cluster could not be asked",
      "2:wrong usage or configuration",
      "3:it has no rights, or this controller did not issue it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  A certificate that was found somewhere:",
      "    maintain-kubeusers certificates whose --local client.crt",
      "  What the API server's audit log calls a client (Kubernetes 1.32 and later):",
      "    maintain-kubeusers certificates whose --local X509SHA256=9f86d0...0f00a08"
    })
final class WhoseCommand implements Callable<Integer> {
  private static final Pattern FINGERPRINT =
      Pattern.compile("(?i)(?:X509SHA256=|SHA256:)?((?:[0-9a-f]{2}:?){31}[0-9a-f]{2})");
  private static final Pattern SERIAL = Pattern.compile("(?i)SN=(?:0x)?0*([0-9a-f:]{1,100})");

  @Mixin private Options options;

  @Parameters(
      paramLabel = "WHAT",
      description = {
        "One of:",
        "FILE: a certificate, - for standard input",
        "SHA256 or X509SHA256=SHA256: the fingerprint of one",
        "SN=SERIAL: its serial number, hexadecimal"
      })
  private String what;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of table, json, yaml. Default: ${DEFAULT-VALUE}.")
  private OutputFormat format;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Matcher fingerprint = FINGERPRINT.matcher(what);
    Matcher serial = SERIAL.matcher(what);
    boolean byName = fingerprint.matches() || serial.matches();
    Optional<List<ParsedCertificate>> chain = byName ? Optional.empty() : Optional.of(read());
    Settings settings = options.load();
    List<CredentialStanding> found;
    try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
      Patience.reading(spec.commandLine().getErr(), cluster::load);
      Ownership owners = Owners.of(cluster);
      found =
          chain
              .map(owners::of)
              .orElseGet(
                  () ->
                      fingerprint.matches()
                          ? owners.byFingerprint(plain(fingerprint.group(1)))
                          : owners.bySerial(plain(serial.group(1))));
    }
    format.print(
        spec.commandLine().getOut(),
        () -> StandingText.lines(found),
        () -> StandingText.tree(found));
    return found.stream().anyMatch(CredentialStanding::hasRights)
        ? ExitStatus.OK
        : ExitStatus.SOME_FAILED;
  }

  private List<ParsedCertificate> read() {
    byte[] content =
        what.equals("-")
            ? BoundedFile.read(System.in, "standard input")
            : BoundedFile.read(Path.of(what));
    try {
      return ParsedCertificate.parse(content);
    } catch (CredentialException e) {
      throw new InputException("could not read " + what + ": " + e.getMessage(), e);
    }
  }

  private static String plain(String hexadecimal) {
    return hexadecimal.replace(":", "").toLowerCase(Locale.ROOT);
  }
}
