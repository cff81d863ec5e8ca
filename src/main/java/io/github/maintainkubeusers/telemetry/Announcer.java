package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
import io.github.maintainkubeusers.plan.DeparturePlan;
import io.github.maintainkubeusers.plan.DepartureStep;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.reconcile.Happening;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassListener;
import io.github.maintainkubeusers.reconcile.PassReport;

/** Decides what the users of a tool are told by events, and what those who run the controller are. */
final class Announcer implements PassListener {
    private static final int NAMES = 10;

    private final Cluster cluster;
    private final Announcements announcements;

    Announcer(Cluster cluster, Announcements announcements) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.announcements = requireNonNull(announcements, "announcements is null");
    }

    @Override
    public void on(Happening happening) {
        switch (happening) {
            case Happening.Worked(Account account, String why, List<Step> steps) when isTool(account.id()) ->
                worked(account, why, steps);
            case Happening.Departed(DeparturePlan plan) when isTool(plan.departure().id()) -> departed(plan);
            case Happening.AccountFailed(AccountId id, RuntimeException cause) when isTool(id) -> failed(id, cause);
            case Happening.PassFinished(PassReport report) -> finished(report);
            case Happening.Worked _,Happening.Departed _,Happening.AccountFailed _,Happening.PassStarted _,Happening.StoodBy _,Happening.PassProgressed _,Happening.StageEntered _,Happening.DirectoryRead _,Happening.MirrorsLoaded _,Happening.Settled _,Happening.PassFailed _ -> {
                // nobody needs to be told
            }
        }
    }

    private void worked(Account account, String why, List<Step> steps) {
        AccountId id = account.id();
        if (steps.stream().anyMatch(Step.RecordReturn.class::isInstance)) {
            say(EventKind.RESTORED, id, "This tool is enabled again, with the rights and quotas that it had.");
        }
        if (steps.stream().anyMatch(Step.DelayRefresh.class::isInstance)) {
            say(EventKind.REFRESH_DELAYED, id, "New credentials were asked for too often and come later; those that"
                    + " you have go on working." + whenSaid(steps));
        }
        if (steps.stream().anyMatch(Step.Issue.class::isInstance)) {
            String end = record(id).map(record -> " They end on " + record.notAfter() + " and are renewed before that.")
                    .orElse("");
            if (why.equals("new")) {
                say(EventKind.CREDENTIALS_ISSUED, id,
                        "Key, certificate and kubeconfig are in " + account.home() + "." + end);
            } else {
                say(EventKind.CREDENTIALS_RENEWED, id,
                        "New key and certificate are in " + account.home() + " (" + why + ")." + end);
            }
        }
    }

    private void departed(DeparturePlan plan) {
        if (plan.steps().contains(new DepartureStep.RecordQuarantine())) {
            say(EventKind.QUARANTINED, plan.departure().id(), "This tool is " + plan.departure().why()
                    + ": it has no rights and no pods. Everything else stays, for the time being, and comes back when"
                    + " the tool does.");
        }
    }

    private void failed(AccountId id, RuntimeException cause) {
        Optional<HomeException> home = Causes.find(cause, HomeException.class);
        if (home.isPresent() && Causes.find(cause, KubeconfigException.class).isPresent()) {
            say(EventKind.KUBECONFIG_UNREADABLE, id, sentence(home.get().getMessage())
                    + " Until then this tool gets no new credentials; those it has go on working until they end.");
        } else if (home.filter(fault -> fault.fault() == HomeFault.OWNER).isPresent()) {
            say(EventKind.HOME_BLOCKED, id, sentence(home.get().getMessage())
                    + " Put it right or take it away: until then this tool gets no new credentials.");
        } else if (isRefreshWanted(id)) {
            say(EventKind.REFRESH_DELAYED, id, "New credentials are delayed and will be tried again; those that you"
                    + " have go on working. The cause: " + sentence(cause.getMessage()));
        }
    }

    private void finished(PassReport report) {
        List<Held> held = HeldAccounts.of(report);
        held.forEach(this::held);
        if (!held.isEmpty()) {
            String names = held.stream().limit(NAMES).map(Announcer::named).sorted().collect(Collectors.joining(", "));
            announcements.say(EventKind.ACCOUNTS_HELD, Optional.empty(), held.size() + " held, that is neither"
                    + " provisioned nor taken away: " + names + (held.size() > NAMES ? " and others" : "")
                    + "; the log says why.");
        }
        report.outcomes().values().stream().filter(Outcome.Refused.class::isInstance).findAny()
                .map(outcome -> ((Outcome.Refused) outcome).reason()).ifPresent(reason -> announcements.say(
                        EventKind.REMOVALS_REFUSED, Optional.empty(), "Nobody is removed: " + sentence(reason)));
        announcements.forgetOld();
    }

    /** In a namespace that is ours only; whose it is otherwise is not known. */
    private void held(Held held) {
        if (held.kind() == AccountKind.TOOL) {
            AccountIds.tool(held.name()).filter(id -> record(id).isPresent()).ifPresent(id -> say(EventKind.HELD, id,
                    "This tool is held (" + held.reason().label() + "): " + sentence(held.explanation())
                            + " Nothing is changed for it until an admin has put that right."));
        }
    }

    private void say(EventKind kind, AccountId tool, String message) {
        if (cluster.observe(tool).namespace() == NamespaceState.READY) {
            announcements.say(kind, Optional.of(tool), message);
        }
    }

    private boolean isRefreshWanted(AccountId id) {
        Observed observed = cluster.observe(id);
        Optional<AccountState> state = observed.record().known().map(AccountRecord::state);
        return state.equals(Optional.of(AccountState.REFRESH_DELAYED))
                || (observed.marker().isEmpty() && state.equals(Optional.of(AccountState.ACTIVE)));
    }

    private Optional<AccountRecord> record(AccountId id) {
        return cluster.observe(id).record().known();
    }

    /** What the owner's ConfigMap says of it too. */
    private static String whenSaid(List<Step> steps) {
        return steps.stream().filter(Step.WriteMarker.class::isInstance).findFirst()
                .map(step -> " Its ConfigMap says: " + ((Step.WriteMarker) step).marker().status() + ".").orElse("");
    }

    private static boolean isTool(AccountId id) {
        return id.kind() == AccountKind.TOOL;
    }

    private static String named(Held held) {
        return held.kind().label() + " " + InvalidValueException.quoted(held.name()) + " (" + held.reason().label()
                + ")";
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
