package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.ClusterExplanation;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Explained;
import io.github.maintainkubeusers.cluster.AccountClient;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry.Pair;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.reconcile.CredentialFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Explains why an account can or cannot do what it should, each thing after those that it depends
 * on.
 */
record AccountExplanation(Program program, Settings settings, Examiner examiner) {
  private static final String AGAIN =
      "try again when the API server answers; maintain-kubeusers status says how it is";

  List<Explained> explain(AccountId id) {
    Optional<Plan> plan = program.controller().dryRun(id);
    Observed observed = program.cluster().observe(id);
    var explained =
        new ArrayList<>(new ClusterExplanation(plan, observed, examiner.now()).explain());
    if (!explained.getLast().isAlarm()
        && plan.isPresent()
        && plan.get().target() instanceof Target.Wanted(Account account, _)) {
      explained.addAll(
          settings.services().find(id).map(this::ofSecret).orElseGet(() -> ofHome(account)));
    }
    return new AttemptExplanation(program.faults()).with(id, explained);
  }

  private List<Explained> ofSecret(Service service) {
    Map<String, byte[]> content;
    try {
      content = program.cluster().delivered(service);
    } catch (ClusterException e) {
      return List.of(
          Explained.unknown(
              "secret",
              e.getMessage(),
              "run this with a kubeconfig that may list the Secret " + service.secret()));
    }
    var explained =
        new ArrayList<>(
            ClusterExplanation.upToTheFirstBroken(
                Stream.of(
                    () -> new SecretExplanation(service, content).explain(),
                    () -> pair(pairs().pair(service, content)))));
    Optional<Pair> pair = CredentialFiles.pair(content);
    if (!explained.getLast().isAlarm() && pair.isPresent()) {
      explained.addAll(
          ofServer(
              service.id(),
              pair.get(),
              client ->
                  Stream.of(
                      asked(
                          "user",
                          client,
                          AccountExplanation::notAccepted,
                          asking -> user(service.id(), asking)))));
    }
    return explained;
  }

  private List<Explained> ofHome(Account account) {
    Map<HomeFile, byte[]> files;
    try {
      files = program.homes().read(account, HomeExplanation.expected(account));
    } catch (HomeException e) {
      return List.of(
          e.fault() == HomeFault.OWNER
              ? Explained.broken(
                  "files",
                  e.getMessage(),
                  "remove what stands in their place: the controller's next look makes them anew")
              : Explained.unknown(
                  "files",
                  e.getMessage(),
                  "run this where the homes are mounted, with the rights that docs/homes.md asks"
                      + " for"));
    }
    var explained =
        new ArrayList<>(
            ClusterExplanation.upToTheFirstBroken(
                Stream.of(
                    () ->
                        new HomeExplanation(
                                account,
                                files,
                                program.cluster().endpoint(),
                                settings.credentials().kubeconfig())
                            .explain(),
                    () -> pair(pairs().pair(account, files)))));
    if (!explained.getLast().isAlarm()) {
      HomeFile certificate = HomeFile.certificate(account.id().kind());
      HomeFile key = HomeFile.key(account.id().kind());
      explained.addAll(
          ofServer(
              account.id(),
              new Pair(files.get(certificate), files.get(key)),
              client -> looks(account, client)));
    }
    return explained;
  }

  private AccountInspection pairs() {
    var trust = Optional.of(new ClusterTrust(program.cluster()::endpoint));
    return new AccountInspection(settings, program.cluster(), trust, examiner);
  }

  private static Explained pair(CertificateReport report) {
    return new Explained(
        "pair",
        "key and certificate are of one issue, and the cluster's CA has signed it",
        report.findings());
  }

  private List<Explained> ofServer(
      AccountId id, Pair pair, Function<AccountClient, Stream<Supplier<Explained>>> looks) {
    try (var client =
        new AccountClient(id, program.cluster().endpoint(), pair.certificate(), pair.key())) {
      return ClusterExplanation.upToTheFirstBroken(looks.apply(client));
    } catch (ClusterException e) {
      return List.of(Explained.unknown("user", e.getMessage(), AGAIN));
    }
  }

  private Stream<Supplier<Explained>> looks(Account account, AccountClient client) {
    AccountId id = account.id();
    Stream<Supplier<Explained>> all =
        Stream.of(
            asked("user", client, AccountExplanation::notAccepted, asking -> user(id, asking)),
            asked("access", client, AccountExplanation::unanswered, this::access));
    Stream<Supplier<Explained>> tools =
        Stream.of(
            asked("quota", client, AccountExplanation::unanswered, AccountExplanation::quota),
            asked("pod", client, AccountExplanation::unanswered, asking -> pod(account, asking)));
    return id.kind() == AccountKind.TOOL ? Stream.concat(all, tools) : all;
  }

  private static Supplier<Explained> asked(
      String what,
      AccountClient client,
      Function<Refusal, Explained> refused,
      Function<AccountClient, Explained> look) {
    return () -> {
      try {
        return look.apply(client);
      } catch (ClusterException e) {
        return refused.apply(new Refusal(what, e));
      }
    };
  }

  private record Refusal(String what, ClusterException failure) {}

  private static Explained unanswered(Refusal refusal) {
    return Explained.unknown(refusal.what(), refusal.failure().getMessage(), AGAIN);
  }

  private static Explained notAccepted(Refusal refusal) {
    return refusal.failure().reason() == ClusterException.Reason.FORBIDDEN
        ? Explained.broken(
            refusal.what(),
            "the API server does not accept its certificate: " + refusal.failure().getMessage(),
            "compare the CA of its certificate with --client-ca-file of the API server")
        : unanswered(refusal);
  }

  private static Explained user(AccountId id, AccountClient client) {
    return client
        .user()
        .map(
            user ->
                user.equals(id.name().value())
                    ? Explained.well("user", "the API server knows it as " + user)
                    : Explained.broken(
                        "user",
                        "the API server takes it for " + user,
                        "look for what stands between: a proxy that authenticates with a"
                            + " certificate of its own"))
        .orElseGet(
            () ->
                Explained.unknown(
                    "user",
                    "the API server does not say whom it takes it for",
                    "see that tools may not read Secrets in kube-system: they should be refused"
                        + " there"));
  }

  private Explained access(AccountClient client) {
    return client.mayWork()
        ? Explained.well("access", "it may do what all of its kind may")
        : Explained.broken(
            "access",
            "its binding is there, but gives it no rights",
            "see that the roles are there that the bindings name: kubectl apply -k"
                + " manifests/overlays/PROJECT");
  }

  private static Explained quota(AccountClient client) {
    List<String> used = client.usedUp();
    return used.isEmpty()
        ? Explained.well("quota", "nothing is used up")
        : Explained.broken(
            "quota",
            "its quota is used up: " + String.join(", ", used),
            "delete what is not needed, or give it more: docs/templates.md");
  }

  private static Explained pod(Account account, AccountClient client) {
    return client
        .refusesPod(account)
        .map(
            reason ->
                Explained.broken(
                    "pod",
                    "a plain pod is refused: " + reason,
                    "correct what the message names: a policy, a quota, a webhook"))
        .orElseGet(() -> Explained.well("pod", "the API server would take a plain pod of it"));
  }
}
