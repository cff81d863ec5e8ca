package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Renewed;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.kube.ClusterException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A line for each certificate of the cluster. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Looks at every certificate of the cluster.",
    description = {
      "%nA line for each: tools and admins together, services, CAs, API servers and their token"
          + " keys, the",
      "signer, requests, kubelets, webhooks, APIServices, conversions of custom resources and LDAP"
          + " servers;",
      "and of servers and files that you name. What it may not read is shown as unknown.%n"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is well, as far as it could be seen",
      "1:the cluster could not be asked",
      "2:wrong usage or configuration",
      "3:something is broken, has ended, or ends within --warn; with --strict, or is unknown"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  Everything, from a control plane:",
      "    maintain-kubeusers certificates check --local --pki /etc/kubernetes --at 127.0.0.1:2379",
      "  For a monitoring system:",
      "    maintain-kubeusers certificates check --local --only apiserver,ldap --strict -o json"
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Option(
      names = "--only",
      paramLabel = "KIND",
      split = ",",
      converter = KindConverter.class,
      description =
          "Leave out all other kinds than: tenants, service, server-ca, client-ca,"
              + " front-proxy-ca, apiserver, token-keys, signer, requests, kubelet, webhook,"
              + " apiservice, conversion, ldap.")
  private List<CertificateKind> only = List.of();

  @Option(
      names = "--at",
      paramLabel = "HOST:PORT",
      converter = ServerConverter.class,
      description = "A server to look at besides: etcd, a scheduler. As often as you like.")
  private List<InspectTarget.Server> at = List.of();

  @Option(
      names = "--pki",
      paramLabel = "DIR",
      description = "A folder with *.crt, *.key and *.conf to look at besides, as /etc/kubernetes.")
  private Optional<Path> pki = Optional.empty();

  @Option(names = "--strict", description = "Take what is unknown for broken.")
  private boolean strict;

  @Mixin private ExaminationOptions examination;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    only.stream()
        .filter(kind -> !CertificateCheck.KINDS.contains(kind))
        .findFirst()
        .ifPresent(
            kind -> {
              throw new ParameterException(spec.commandLine(), "--only has no kind " + kind);
            });
    Settings settings = options.load();
    Examiner examiner = examination.examiner();
    List<CertificateReport> reports;
    try (CertificateSources sources = ProgramModule.certificateSources(settings, options.local);
        var records = new LoadedCluster(() -> ProgramModule.connect(settings, options.local))) {
      var check =
          new CertificateCheck(
              only.isEmpty() ? CertificateCheck.KINDS : EnumSet.copyOf(only),
              settings,
              examiner,
              sources,
              records,
              ExaminationOptions.handshake());
      reports =
          Patience.during(
              spec.commandLine().getErr(), "Looking at certificates", () -> check(check));
    }
    new ReportPrinter(spec.commandLine().getOut(), examination.format, examiner.now())
        .print(reports);
    return status(reports);
  }

  private List<CertificateReport> check(CertificateCheck check) {
    var reports = new ArrayList<>(check.look((kind, failure) -> List.of(unknown(kind, failure))));
    reports.addAll(check.lookAt(at, pki));
    return Renewed.compare(reports);
  }

  /** A right that is missing costs the kind, and no more. */
  private static CertificateReport unknown(CertificateKind kind, ClusterException failure) {
    if (failure.reason() == ClusterException.Reason.UNAVAILABLE) {
      throw failure;
    }
    return CertificateReport.without(
        kind,
        "-",
        "cluster",
        Finding.unknown(
            failure.getMessage(),
            "use a kubeconfig that may, or grant it: manifests/components/certificates"));
  }

  private int status(List<CertificateReport> reports) {
    boolean unknown =
        reports.stream().anyMatch(report -> report.state() == CertificateState.UNKNOWN);
    return reports.stream().anyMatch(report -> report.state().isAlarm()) || (strict && unknown)
        ? ExitStatus.SOME_FAILED
        : ExitStatus.OK;
  }

  /** By the words that tables have. */
  static final class KindConverter implements ITypeConverter<CertificateKind> {
    @Override
    public CertificateKind convert(String text) {
      return Arrays.stream(CertificateKind.values())
          .filter(kind -> kind.label().equals(text))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("'" + text + "' is no kind of certificate"));
    }
  }

  static final class ServerConverter implements ITypeConverter<InspectTarget.Server> {
    @Override
    public InspectTarget.Server convert(String text) {
      return InspectTarget.server(text);
    }
  }
}
