package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.HomeStep;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides what the users of a tool are told by events, and what those who run the controller are.
 */
final class EventPublisher implements ControllerListener {
  private static final int NAMES = 10;

  private final Cluster cluster;
  private final EventDeduplicator deduplicator;

  EventPublisher(Cluster cluster, EventDeduplicator deduplicator) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.deduplicator = requireNonNull(deduplicator, "deduplicator is null");
  }

  @Override
  public void onEvent(ControllerEvent event) {
    switch (event) {
      case ControllerEvent.PlanDone(Plan plan) when isTool(plan.id()) -> done(plan);
      case ControllerEvent.AccountFailed(AccountId id, RuntimeException cause) when isTool(id) ->
          failed(id, cause);
      case ControllerEvent.PassFinished(PassReport report) -> finished(report);
      case ControllerEvent.PlanDone _,
          ControllerEvent.AccountFailed _,
          ControllerEvent.PassStarted _,
          ControllerEvent.StoodBy _,
          ControllerEvent.PassProgressed _,
          ControllerEvent.StageEntered _,
          ControllerEvent.DirectoryRead _,
          ControllerEvent.CachesLoaded _,
          ControllerEvent.Settled _,
          ControllerEvent.PassFailed _ -> {
        // nobody needs to be told
      }
    }
  }

  private void done(Plan plan) {
    AccountId id = plan.id();
    if (plan.why().equals("restored")) {
      say(
          EventKind.RESTORED,
          id,
          "This tool is enabled again, with the rights and quotas that it had.");
    }
    for (Step step : plan.steps()) {
      switch (step) {
        case CredentialStep.Issue _
            when plan.target() instanceof Target.Wanted(Account account, _) ->
            issued(account, plan.why());
        case ClusterStep.WriteRecord(AccountRecord record, _)
            when record.state() == AccountState.REFRESH_DELAYED
                && plan.why().equals("refresh delayed") ->
            say(
                EventKind.REFRESH_DELAYED,
                id,
                "You requested new credentials too often. They will be issued"
                    + " later; your current ones keep working."
                    + whenSaid(plan.steps()));
        case ClusterStep.WriteRecord(AccountRecord record, _)
            when plan.removesAccess() && record.state() == AccountState.QUARANTINED ->
            say(
                EventKind.QUARANTINED,
                id,
                "This tool is "
                    + absence(plan)
                    + ": it has no rights and no pods. Everything else stays for the time being and"
                    + " comes back when the tool does.");
        case ClusterStep _, CredentialStep _, HomeStep _ -> {
          // parts of the same
        }
      }
    }
  }

  private static String absence(Plan plan) {
    String absence = plan.target().absence();
    return absence.isEmpty() ? "held" : absence;
  }

  private void issued(Account account, String why) {
    AccountId id = account.id();
    String end =
        record(id)
            .flatMap(AccountRecord::credential)
            .map(
                credential ->
                    " They end on " + credential.notAfter() + " and are renewed before that.")
            .orElse("");
    if (why.equals("new")) {
      say(
          EventKind.CREDENTIALS_ISSUED,
          id,
          "Key, certificate and kubeconfig are in " + account.home() + "." + end);
    } else {
      say(
          EventKind.CREDENTIALS_RENEWED,
          id,
          "New key and certificate are in " + account.home() + " (" + why + ")." + end);
    }
  }

  private void failed(AccountId id, RuntimeException cause) {
    Optional<HomeException> home = Causes.find(cause, HomeException.class);
    if (home.isPresent() && Causes.find(cause, KubeconfigException.class).isPresent()) {
      say(
          EventKind.KUBECONFIG_UNREADABLE,
          id,
          sentence(home.get().getMessage())
              + " Key and certificate are current all the same: the status in the ConfigMap"
              + " maintain-kubeusers says where they are.");
    } else if (home.filter(fault -> fault.fault() == HomeFault.OWNER).isPresent()) {
      say(
          EventKind.HOME_BLOCKED,
          id,
          sentence(home.get().getMessage())
              + " Correct or delete it: until then this tool gets no new credentials.");
    } else if (isRefreshWanted(id)) {
      say(
          EventKind.REFRESH_DELAYED,
          id,
          "New credentials are delayed and will be tried again. Your current ones"
              + " keep working. Cause: "
              + sentence(cause.getMessage()));
    }
  }

  private void finished(PassReport report) {
    List<Held> held = HeldAccounts.of(report);
    held.forEach(this::held);
    if (!held.isEmpty()) {
      String names =
          held.stream()
              .limit(NAMES)
              .map(EventPublisher::named)
              .sorted()
              .collect(Collectors.joining(", "));
      deduplicator.say(
          EventKind.ACCOUNTS_HELD,
          Optional.empty(),
          held.size()
              + " held, that is neither provisioned nor removed: "
              + names
              + (held.size() > NAMES ? " and others" : "")
              + "; the log says why.");
    }
    report.outcomes().values().stream()
        .filter(Outcome.Refused.class::isInstance)
        .findAny()
        .map(outcome -> ((Outcome.Refused) outcome).reason())
        .ifPresent(
            reason ->
                deduplicator.say(
                    EventKind.REMOVALS_REFUSED,
                    Optional.empty(),
                    "Removals refused: " + sentence(reason)));
    deduplicator.forgetOld();
  }

  /** In a namespace that is ours only; whose it is otherwise is not known. */
  private void held(Held held) {
    if (held.kind() == AccountKind.TOOL) {
      AccountIds.tool(held.name())
          .filter(id -> record(id).isPresent())
          .ifPresent(
              id ->
                  say(
                      EventKind.HELD,
                      id,
                      "This tool is held ("
                          + held.reason().label()
                          + "): "
                          + sentence(held.explanation())
                          + " Nothing is changed for it until an admin has put that right."));
    }
  }

  private void say(EventKind kind, AccountId tool, String message) {
    if (cluster.observe(tool).namespace() == NamespaceState.READY) {
      deduplicator.say(kind, Optional.of(tool), message);
    }
  }

  private boolean isRefreshWanted(AccountId id) {
    Observed observed = cluster.observe(id);
    Optional<AccountState> state = observed.record().known().map(AccountRecord::state);
    return state.equals(Optional.of(AccountState.REFRESH_DELAYED))
        || (observed.status().isEmpty() && state.equals(Optional.of(AccountState.ACTIVE)));
  }

  private Optional<AccountRecord> record(AccountId id) {
    return cluster.observe(id).record().known();
  }

  /** What the owner's ConfigMap says of it too. */
  private static String whenSaid(List<Step> steps) {
    return steps.stream()
        .filter(ClusterStep.WriteStatus.class::isInstance)
        .findFirst()
        .map(
            step ->
                " Its ConfigMap says: " + ((ClusterStep.WriteStatus) step).status().status() + ".")
        .orElse("");
  }

  private static boolean isTool(AccountId id) {
    return id.kind() == AccountKind.TOOL;
  }

  private static String named(Held held) {
    return held.kind().label()
        + " "
        + InvalidValueException.quoted(held.name())
        + " ("
        + held.reason().label()
        + ")";
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
