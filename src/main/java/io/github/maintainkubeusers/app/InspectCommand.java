package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Service.SecretLocation;
import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all that is known of a certificate. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Shows what a certificate is, and what is wrong with it.",
    description = {
      "%nShows subject, groups, names, usages, validity, issuer, fingerprint and key of a"
          + " certificate,",
      "whether the private key beside it fits, and whether the cluster's CAs have signed it. Of"
          + " what is",
      "wrong, it says the first cause and the remedy.%n"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is well",
      "1:it could not be looked at, or not at all of it",
      "2:wrong usage or configuration",
      "3:something is broken, has ended, or ends within --warn"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  The pair in a tool's home, and whether it has rights now:",
      "    maintain-kubeusers certificates inspect tool:wikibot --local",
      "  What the API server shows:",
      "    maintain-kubeusers certificates inspect 10.0.0.11:6443 --local",
      "  A file, without asking any cluster:",
      "    maintain-kubeusers certificates inspect client.crt --key client.key --offline"
    })
final class InspectCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Parameters(
      paramLabel = "WHAT",
      description = {
        "One of:",
        "FILE: a certificate (PEM or DER), or several",
        "KUBECONFIG: what its current context uses",
        "HOST:PORT: what a server shows",
        "secret/NAMESPACE/NAME: a Secret",
        "tool:NAME, admin:NAME, service:NAME: an account",
        "-: standard input, as a FILE or KUBECONFIG"
      })
  private String what;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The private key that the certificate in FILE should have.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--offline",
      description =
          "Do not compare with the cluster's CAs, and open no connection but to a HOST:PORT that is"
              + " named.")
  private boolean offline;

  @Mixin private ExaminationOptions examination;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    InspectTarget target = target();
    options.setUpLogging();
    Examiner examiner = examination.examiner();
    List<CertificateReport> reports =
        offline ? offline(target, examiner) : online(target, examiner);
    new ReportPrinter(spec.commandLine().getOut(), examination.format, examiner.now())
        .printEach(reports);
    return status(reports);
  }

  private InspectTarget target() {
    try {
      InspectTarget target = InspectTarget.parse(what);
      boolean file =
          target instanceof InspectTarget.InFile || target instanceof InspectTarget.Input;
      if (key.isPresent() && !file) {
        throw new IllegalArgumentException("--key goes with a FILE alone");
      }
      boolean alone = file || target instanceof InspectTarget.Server;
      if (offline && !alone) {
        throw new IllegalArgumentException(
            "--offline does not go with " + what + ", which is in the cluster");
      }
      return target;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<CertificateReport> offline(InspectTarget target, Examiner examiner) {
    var files = new FileInspection(examiner, Optional.empty());
    return inspect(target, files, new ServerInspection(examiner, ExaminationOptions.handshake()));
  }

  private List<CertificateReport> online(InspectTarget target, Examiner examiner) {
    Settings settings = options.load();
    var servers = new ServerInspection(examiner, ExaminationOptions.handshake());
    if (target instanceof InspectTarget.OfAccount(AccountId id)) {
      try (Cluster cluster = ProgramModule.connect(settings, options.local)) {
        Patience.reading(spec.commandLine().getErr(), () -> cluster.load(id));
        var trust = Optional.of(new ClusterTrust(cluster::endpoint));
        return List.of(new AccountInspection(settings, cluster, trust, examiner).inspect(id));
      }
    }
    try (CertificateSources sources = ProgramModule.certificateSources(settings, options.local)) {
      var endpoint = new Once<ClusterEndpoint>(sources::endpoint);
      var files = new FileInspection(examiner, Optional.of(new ClusterTrust(endpoint)));
      return target instanceof InspectTarget.InSecret(SecretLocation where)
          ? new SecretInspection(files).inspect(where.toString(), sources.secrets().data(where))
          : inspect(target, files, servers);
    }
  }

  private List<CertificateReport> inspect(
      InspectTarget target, FileInspection files, ServerInspection servers) {
    return switch (target) {
      case InspectTarget.Input() ->
          inspect(
              "-", BoundedFile.read(System.in, "standard input"), Optional.empty(), files, servers);
      case InspectTarget.InFile(Path path) ->
          inspect(path.toString(), BoundedFile.read(path), Optional.of(path), files, servers);
      case InspectTarget.Server server ->
          servers.inspect(
              CertificateKind.SERVER,
              server,
              Expectation.of(
                      Purpose.SERVER,
                      files.trust(Purpose.SERVER),
                      "renew it on the server, and restart what serves it")
                  .of(server.host()));
      case InspectTarget.InSecret _, InspectTarget.OfAccount _ ->
          throw new IllegalStateException(target + " is in the cluster");
    };
  }

  private List<CertificateReport> inspect(
      String name,
      byte[] content,
      Optional<Path> file,
      FileInspection files,
      ServerInspection servers) {
    if (FileInspection.isNoCertificate(content)) {
      return new KubeconfigInspection(files, servers).inspect(name, content, file);
    }
    return new ArrayList<>(
        files.certificates(CertificateKind.FILE, name, content, key.map(BoundedFile::read)));
  }

  private static int status(List<CertificateReport> reports) {
    if (reports.stream().anyMatch(report -> report.state().isAlarm())) {
      return ExitStatus.SOME_FAILED;
    }
    return reports.stream().allMatch(report -> report.state() == CertificateState.WELL)
        ? ExitStatus.OK
        : ExitStatus.COULD_NOT_RUN;
  }
}
