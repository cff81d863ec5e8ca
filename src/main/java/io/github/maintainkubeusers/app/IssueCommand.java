package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.Service.SecretLocation;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ForeignRequest;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.credential.SubjectName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Issues a client certificate for a program, once. */
@Command(
    name = "issue",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Issues a client certificate for a program, once.",
    description = {
      "%nMakes a key, has the cluster sign a certificate for it, checks it, and writes both with"
          + " the CAs of the",
      "API server to where you say. The certificate speaks for the User NAME and the Groups you"
          + " name; it gives",
      "what is bound to these, and deleting those bindings takes it back. It is not renewed:"
          + " declare a service",
      "in the configuration for a program that is to stay (docs/certificates.md).",
      "",
      "It is done with your own rights: to create, approve and delete CertificateSigningRequests,"
          + " and to read",
      "what the controller reads.%n"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the certificate was issued and written",
      "1:it could not be issued or written",
      "2:wrong usage or configuration"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  A key, a certificate and the CAs in a folder, as cert.pem, key.pem and ca.crt:",
      "    maintain-kubeusers certificates issue backup --local --out ./backup",
      "  A kubeconfig that needs no other file:",
      "    maintain-kubeusers certificates issue backup --local --kubeconfig backup.kubeconfig",
      "  The certificate for a request whose key you keep, on standard output:",
      "    maintain-kubeusers certificates issue backup --local --csr backup.csr > backup.crt"
    })
final class IssueCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** Two different keys of a Secret, neither of which is that of the CAs. */
  private static final Pattern KEYS =
      Pattern.compile(
          "(?!ca\\.crt,)([-._a-zA-Z0-9]{1,253}),(?!\\1$|ca\\.crt$)[-._a-zA-Z0-9]{1,253}");

  @Mixin private Options options;

  @Parameters(paramLabel = "NAME", description = "The User that the certificate speaks for.")
  private String name;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "A Group that it speaks for as well; may be given several times.")
  private List<String> groups = List.of();

  @Option(
      names = "--lifetime",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long it is to be valid, as 90d. Default: as long as those of tools.")
  private Optional<Duration> lifetime = Optional.empty();

  @Option(
      names = "--signer",
      paramLabel = "SIGNER",
      description = "Who signs it. Default: cluster.signer of the configuration.")
  private Optional<String> signer = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write cert.pem, key.pem and ca.crt into this folder.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Write a kubeconfig that holds all of it.")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--secret",
      paramLabel = "NAMESPACE/NAME",
      description = "Write them into this Secret, which is made, or made anew.")
  private Optional<String> secret = Optional.empty();

  @Option(
      names = "--keys",
      paramLabel = "CERT,KEY",
      description = "Keys of the Secret. Default: cert.pem,key.pem.")
  private Optional<String> keys = Optional.empty();

  @Option(
      names = "--csr",
      paramLabel = "FILE",
      description = "Sign this PKCS#10 request, and print the certificate.")
  private Optional<Path> csr = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    requireOneDestination();
    SigningTerms terms = terms();
    AccountName subject = subject();
    Settings settings = options.load();
    requireGroups(settings);
    Optional<ForeignRequest> request = csr.map(this::request);
    Optional<IssuedFiles> files = files();
    files.ifPresent(IssuedFiles::requireFree);
    try (CertificateSources sources = ProgramModule.certificateSources(settings, options.local);
        Cluster cluster = ProgramModule.connect(settings, options.local)) {
      location().ifPresent(where -> sources.secrets().requireFree(where, subject.value()));
      Issuance issuance = Issuance.start(settings, cluster);
      issuance.requireUnused(subject);
      if (request.isPresent()) {
        IssuedCertificate certificate = issuance.sign(request.get(), terms);
        tell(certificate);
        print(certificate);
      } else {
        Issuance.Issued issued = issuance.issue(subject, groups, terms);
        files.ifPresent(destination -> destination.write(issued.files()));
        location()
            .ifPresent(
                where ->
                    sources
                        .secrets()
                        .write(where, subject.value(), issued.files().named(keys()[0], keys()[1])));
        tell(issued.certificate());
      }
      return ExitStatus.OK;
    } catch (CredentialException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  private SigningTerms terms() {
    try {
      return new SigningTerms(signer.map(SigningTerms::signer), lifetime);
    } catch (InvalidValueException e) {
      throw usage("--signer: " + e.getMessage());
    }
  }

  private void print(IssuedCertificate certificate) {
    var printed = spec.commandLine().getOut();
    printed.print(new String(certificate.toPem(), StandardCharsets.US_ASCII));
    printed.flush();
  }

  private void requireOneDestination() {
    long named = List.of(out, kubeconfig, secret, csr).stream().filter(Optional::isPresent).count();
    if (named != 1) {
      throw usage("Say with one of --out, --kubeconfig, --secret, --csr what is to be written");
    }
    if (keys.isPresent() && (secret.isEmpty() || !KEYS.matcher(keys.get()).matches())) {
      throw usage("--keys names two keys of a --secret: the certificate's, the private key's");
    }
    if (lifetime
        .filter(asked -> asked.compareTo(SHORTEST) < 0 || asked.compareTo(LONGEST) > 0)
        .isPresent()) {
      throw usage("--lifetime is not between 10m and 3650d");
    }
  }

  private AccountName subject() {
    if (name.startsWith("system:")) {
      throw usage(
          "a certificate for "
              + InvalidValueException.quoted(name)
              + " would speak for a user of Kubernetes' own; a ServiceAccount has tokens:"
              + " kubectl create token");
    }
    try {
      Object _ = location();
      return new AccountName(name);
    } catch (InvalidValueException e) {
      throw usage(e.getMessage());
    }
  }

  private void requireGroups(Settings settings) {
    try {
      groups.forEach(group -> settings.credentials().serviceGroup(group));
    } catch (InvalidValueException e) {
      throw usage(e.getMessage());
    }
  }

  private ForeignRequest request(Path file) {
    ForeignRequest request;
    try {
      request = ForeignRequest.parse(BoundedFile.read(file));
    } catch (CredentialException e) {
      throw new InputException(e.getMessage() + " (" + file + ")", e);
    }
    SubjectName asked = request.subject();
    if (!asked.commonName().equals(name)
        || !new HashSet<>(asked.organizations()).equals(new HashSet<>(groups))) {
      throw new InputException(
          "could not take the request "
              + file
              + ": it is for User "
              + InvalidValueException.quoted(asked.commonName())
              + " and Groups "
              + asked.organizations().stream().map(InvalidValueException::quoted).toList()
              + ", and the command for "
              + name
              + " and "
              + groups,
          null);
    }
    return request;
  }

  private Optional<IssuedFiles> files() {
    return out.<IssuedFiles>map(IssuedFiles.InFolder::new)
        .or(() -> kubeconfig.map(IssuedFiles.InKubeconfig::new));
  }

  private Optional<SecretLocation> location() {
    return secret.map(SecretLocation::parse);
  }

  private String[] keys() {
    return keys.orElse("cert.pem,key.pem").split(",");
  }

  /** On standard error, because standard output may be the certificate. */
  private void tell(IssuedCertificate certificate) {
    Issuance.told(name, certificate, lifetime).forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getErr().flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
