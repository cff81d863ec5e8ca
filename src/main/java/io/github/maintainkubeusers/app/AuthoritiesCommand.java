package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.AuthorityText;
import io.github.maintainkubeusers.certificates.AuthorityUse;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.cluster.AuthenticationCas;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the cluster's CAs, and how far a change of them has come. */
@Command(
    name = "authorities",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Shows the cluster's CAs, and how many accounts' certificates each has signed.",
    description = {
      "%nShows the CAs by which clients know the API server, by which it knows clients, and by"
          + " which it knows",
      "front proxies; of those of clients, for how many accounts and services it signed the newest"
          + " certificate,",
      "and which one signs now. While a CA is replaced, it shows when the old one is no longer in"
          + " use.%n"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is well, as far as it could be seen",
      "1:the cluster could not be asked",
      "2:wrong usage or configuration",
      "3:one is broken, has ended, or ends within --warn"
    },
    footerHeading = "%nExample:%n",
    footer = "  maintain-kubeusers certificates authorities --local")
final class AuthoritiesCommand implements Callable<Integer> {
  @Mixin private Options options;

  @Mixin private ExaminationOptions examination;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = options.load();
    Examiner examiner = examination.examiner();
    List<AuthorityUse> uses;
    try (CertificateSources sources = ProgramModule.certificateSources(settings, options.local);
        Cluster cluster = ProgramModule.connect(settings, options.local)) {
      Patience.reading(spec.commandLine().getErr(), cluster::loadRecords);
      uses = AuthorityUse.of(reports(examiner, sources), cluster.records());
    }
    var text = new AuthorityText(uses, examiner.now());
    examination.format.print(spec.commandLine().getOut(), text::lines, text::tree);
    return uses.stream().anyMatch(use -> use.report().state().isAlarm())
        ? ExitStatus.SOME_FAILED
        : ExitStatus.OK;
  }

  private static List<CertificateReport> reports(Examiner examiner, CertificateSources sources) {
    var check = new AuthorityCheck(examiner);
    AuthenticationCas authentication = sources.authentication();
    var reports = new ArrayList<>(check.servers(sources.endpoint().caBundle()));
    reports.addAll(check.clients(authentication));
    reports.addAll(check.frontProxies(authentication));
    return reports;
  }
}
