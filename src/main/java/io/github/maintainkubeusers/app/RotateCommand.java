package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for new credentials of services, many at a time if need be. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Has the controller replace the credentials of services.",
    description = {
      "%nAsks by the annotation maintain-kubeusers/rotate of each service's Secret, at a pace, and"
          + " waits until",
      "the leading controller has put new ones there. The Secret is never gone meanwhile, and the"
          + " old ones work",
      "on for the overlap of the service. A tool gets new ones when its ConfigMap"
          + " maintain-kubeusers is deleted.",
      "",
      "It is done with your own rights: to get and patch those Secrets.%n"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all have new credentials",
      "1:it could not run: no such service, no right, no API server",
      "2:wrong usage or configuration",
      "3:some have not got theirs in time; the requests stand"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  maintain-kubeusers certificates rotate prometheus --local",
      "  maintain-kubeusers certificates rotate -l team=observability --per-minute 10 --local"
    })
final class RotateCommand implements Callable<Integer> {
  private static final int MOST_PER_MINUTE = 6000;

  /** A controller that runs without a Lease may answer all the same. */
  private static final Duration UNLED = Duration.ofSeconds(10);

  @Mixin private Options options;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Declared services.")
  private List<String> names;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "Those whose labels match, as team=data or team!=data,tier.")
  private Optional<String> selector = Optional.empty();

  @Option(names = "--all", description = "All declared services.")
  private boolean all;

  @Option(
      names = "--per-minute",
      paramLabel = "N",
      defaultValue = "60",
      description = "Ask for at most so many a minute. Default: ${DEFAULT-VALUE}.")
  private int perMinute;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "2m",
      converter = DurationConverter.class,
      description = "How long to wait for the controller. Default: ${DEFAULT-VALUE}.")
  private Duration patience;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Optional<LabelSelector> labels = check();
    Settings settings = options.load();
    List<Service> chosen = choose(settings.services(), labels);
    boolean led = ProgramModule.isLed(settings, options.local);
    try (CertificateSources sources = ProgramModule.certificateSources(settings, options.local)) {
      var rotation = new Rotation(sources.secrets(), spec.commandLine().getOut());
      Map<Service, Optional<String>> asked =
          rotation.request(chosen, Duration.ofMinutes(1).dividedBy(perMinute));
      boolean answered = rotation.await(asked, led || isShort() ? patience : UNLED);
      if (!answered && !led) {
        spec.commandLine()
            .getErr()
            .println("No controller leads: the requests stand, and the next one answers them.");
      }
      return answered ? ExitStatus.OK : ExitStatus.SOME_FAILED;
    }
  }

  private boolean isShort() {
    return patience.compareTo(UNLED) < 0;
  }

  private Optional<LabelSelector> check() {
    if ((named().isEmpty() ? 0 : 1) + (selector.isPresent() ? 1 : 0) + (all ? 1 : 0) != 1) {
      throw usage("Name services, or choose them with one of -l, --all");
    }
    if (perMinute < 1 || perMinute > MOST_PER_MINUTE) {
      throw usage("--per-minute is not between 1 and " + MOST_PER_MINUTE);
    }
    try {
      return selector.map(LabelSelector::parse);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private List<Service> choose(Services services, Optional<LabelSelector> labels) {
    List<Service> chosen =
        named().isEmpty()
            ? services.all().stream()
                .filter(service -> labels.isEmpty() || labels.get().matches(service.shownLabels()))
                .toList()
            : named().stream().distinct().map(name -> declared(services, name)).toList();
    if (chosen.isEmpty()) {
      throw new InputException(
          services.all().isEmpty()
              ? "no service is declared in the configuration"
              : "no declared service has such labels",
          null);
    }
    return chosen;
  }

  private List<String> named() {
    return names == null ? List.of() : names;
  }

  private Service declared(Services services, String name) {
    try {
      return services
          .find(AccountId.service(name))
          .orElseThrow(
              () ->
                  new InputException(
                      "there is no declared service "
                          + name
                          + "; declared are: "
                          + String.join(
                              ", ",
                              services.all().stream()
                                  .map(service -> service.name().value())
                                  .toList()),
                      null));
    } catch (InvalidValueException e) {
      throw usage(e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
