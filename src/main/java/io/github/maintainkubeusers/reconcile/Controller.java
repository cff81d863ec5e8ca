package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.plan.Admission;
import io.github.maintainkubeusers.plan.Brake;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.DeparturePlan;
import io.github.maintainkubeusers.plan.Desired;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs passes over everybody when it is told to, and over single accounts when something of theirs changes in the
 * cluster. Accounts are worked on side by side.
 */
public final class Controller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final Duration LAST_CALLS = Duration.ofSeconds(4);
    private static final Outcome ENDING = new Outcome.Failed("interrupted: the program is ending", Optional.empty());

    private final Directory directory;
    private final Cluster cluster;
    private final Admission admission;
    private final AccountReconciler reconciler;
    private final Departures departures;
    private final Catalogue catalogue;
    private final ClusterAuthorities authorities;
    private final Progress progress;
    private final ClockGuard clockGuard;
    private final Leftovers leftovers = new Leftovers();
    private final Faults faults;
    private final PassListener listener;
    private final InstantSource clock;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Retries retries;
    private volatile Roster roster = Roster.of(new Desired(List.of(), List.of()));
    private Set<String> held = Set.of();
    private boolean following;
    private volatile boolean leading;
    private long passes;

    Controller(Directory directory, Cluster cluster, Admission admission, AccountReconciler reconciler,
            Departures departures, Catalogue catalogue, ClusterAuthorities authorities, Progress progress,
            ClockGuard clockGuard, Faults faults, PassListener listener, InstantSource clock) {
        this.directory = requireNonNull(directory, "directory is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.admission = requireNonNull(admission, "admission is null");
        this.reconciler = requireNonNull(reconciler, "reconciler is null");
        this.departures = requireNonNull(departures, "departures is null");
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.authorities = requireNonNull(authorities, "authorities is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.clockGuard = requireNonNull(clockGuard, "clockGuard is null");
        this.faults = requireNonNull(faults, "faults is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.retries = new Retries(this::wake, clock);
    }

    /**
     * One pass over everybody.
     *
     * @throws RuntimeException of directory or cluster, when the pass could not run
     */
    public synchronized PassReport pass() {
        passes++;
        try (var _ = LogContext.pass(passes)) {
            listener.on(new Happening.PassStarted(passes));
            PassReport report = run();
            LOG.info("Pass over {}", report.summary());
            listener.on(new Happening.PassFinished(report));
            return report;
        } catch (RuntimeException e) {
            listener.on(new Happening.PassFailed(e));
            throw e;
        }
    }

    private PassReport run() {
        Instant start = clock.instant();
        Desired first = desired();
        lead();
        clockGuard.fault().ifPresent(wrong -> {
            throw wrong;
        });
        enter(Stage.TIDYING);
        tidy("overrides", catalogue::refresh);
        tidy("stale signing requests", cluster::deleteStaleRequests);
        tidy("tombstones", () -> cluster.deleteExpiredTombstones(start));
        tidy("the signer of certificates", authorities::probe);
        enter(Stage.DEPARTURES);
        Departures.Decision departing = departures.decide(first, this::desired);
        Desired desired = departing.desired();
        know(desired);
        enter(Stage.ACCOUNTS);
        Map<AccountId, Outcome> outcomes = reconcile(desired.accounts(), departing);
        progress.tell();
        leftovers.tell(departures.strays(desired), cluster.withPodSecurityPolicy());
        return new PassReport(outcomes, desired.held(), Duration.between(start, clock.instant()));
    }

    private void enter(Stage stage) {
        listener.on(new Happening.StageEntered(stage));
    }

    /** Reads what the cluster holds and follows it, so that a first pass can begin at any moment. Writes nothing. */
    public synchronized void standBy() {
        try {
            follow();
        } finally {
            listener.on(new Happening.StoodBy());
        }
    }

    /** What there is and what a pass would do now, without doing it. */
    public synchronized Survey survey() {
        Desired desired = desired();
        cluster.load();
        Departures.Outlook departing = departures.look(desired);
        Optional<String> refusal = departing.verdict() instanceof Brake.Verdict.Refused(String reason)
                ? Optional.of(reason)
                : Optional.empty();
        return new Survey(desired.accounts().stream().map(reconciler::plan).toList(), desired.held(),
                departing.plans(), refusal, departures.strays(desired), cluster.withPodSecurityPolicy());
    }

    /** Lets what is under way come to its end, for a few seconds. */
    @Override
    public void close() {
        retries.close();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
                boolean _ = executor.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private Desired desired() {
        enter(Stage.DIRECTORY);
        DirectorySnapshot snapshot = directory.read();
        Desired desired = admission.admit(snapshot);
        listener.on(new Happening.DirectoryRead(desired, snapshot.readAt()));
        know(desired);
        tell(desired);
        return desired;
    }

    /** Mostly what was known before. */
    private void know(Desired desired) {
        if (!roster.desired().equals(desired)) {
            roster = Roster.of(desired);
        }
    }

    /** What is no longer held is well again, or, when it is an account now, its own outcome tells what it is. */
    private void tell(Desired desired) {
        var faultsOfHeld = new TreeMap<String, String>();
        desired.held().forEach(one -> faultsOfHeld.merge(subject(one), one.toString(), (a, b) -> a + "; " + b));
        faultsOfHeld.forEach((subject, message) -> {
            try (var _ = LogContext.account(subject)) {
                faults.met(subject, message);
            }
        });
        if (!held.isEmpty()) {
            var known = new HashSet<>(faultsOfHeld.keySet());
            desired.accounts().forEach(account -> known.add(account.id().toString()));
            held.stream().filter(subject -> !known.contains(subject)).forEach(faults::over);
        }
        held = Set.copyOf(faultsOfHeld.keySet());
    }

    /** As {@link AccountId} names itself, for a name that need not be valid. */
    private static String subject(Held held) {
        String quoted = InvalidValueException.quoted(held.name());
        return held.kind().label() + " " + quoted.substring(1, quoted.length() - 1);
    }

    /** Takes away what nobody needs any more; a pass does not depend on it. */
    private void tidy(String subject, Runnable action) {
        try {
            action.run();
            faults.over(subject);
        } catch (RuntimeException e) {
            LOG.debug("{}", subject, e);
            faults.met(subject, subject + ": " + e.getMessage());
        }
    }

    /**
     * Before the first pass. Events lead to work only once everything is loaded: a plan made from half of what is there
     * would be wrong. One who stood by loads it again, for the last writes of the former leader may not have come yet.
     */
    private void lead() {
        if (!leading) {
            if (following) {
                enter(Stage.MIRRORS);
                cluster.load();
            }
            follow();
            leading = true;
        }
    }

    private void follow() {
        if (!following) {
            enter(Stage.MIRRORS);
            cluster.load();
            cluster.onChange(this::wake);
            cluster.follow();
            following = true;
            listener.on(new Happening.MirrorsLoaded());
        }
    }

    private Map<AccountId, Outcome> reconcile(List<Account> accounts, Departures.Decision departing) {
        var running = new HashMap<AccountId, Future<Outcome>>();
        var outcomes = new HashMap<AccountId, Outcome>();
        for (DeparturePlan plan : departing.plans()) {
            running.put(plan.departure().id(), executor.submit(ofPass(() -> reconciler.depart(plan))));
        }
        for (Account account : accounts) {
            reconciler.look(account).ifPresentOrElse(outcome -> outcomes.put(account.id(), outcome),
                    () -> submit(ofPass(() -> work(account))).ifPresentOrElse(
                            future -> running.put(account.id(), future),
                            () -> outcomes.put(account.id(), ENDING)));
        }
        running.forEach((id, future) -> outcomes.put(id, await(future)));
        outcomes.putAll(departing.refused());
        return outcomes;
    }

    private Callable<Outcome> ofPass(Callable<Outcome> task) {
        return LogContext.carried(() -> {
            try {
                return task.call();
            } finally {
                listener.on(new Happening.PassProgressed());
            }
        });
    }

    /** Nothing when the program is ending. */
    private Optional<Future<Outcome>> submit(Callable<Outcome> task) {
        try {
            return Optional.of(executor.submit(task));
        } catch (RejectedExecutionException _) {
            return Optional.empty();
        }
    }

    private Outcome work(Account account) throws InterruptedException {
        Outcome outcome = reconciler.reconcile(account.id(), () -> roster.find(account.id()));
        if (outcome instanceof Outcome.Failed(_, Optional<Instant> retryAt)) {
            retryAt.ifPresent(time -> retries.at(account.id(), time));
        }
        return outcome;
    }

    /** Something of this account changed: perhaps by its owner, who waits for new credentials. */
    private void wake(AccountId id) {
        if (leading && !reconciler.isWanted(id)) {
            roster.find(id).filter(account -> reconciler.isUrgent(account) && reconciler.want(id))
                    .ifPresent(account -> submit(() -> work(account)));
        }
    }

    private static Outcome await(Future<Outcome> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ENDING;
        } catch (ExecutionException e) {
            return e.getCause() instanceof InterruptedException
                    ? ENDING
                    : new Outcome.Failed("an error of this program: " + e.getCause(), Optional.empty());
        }
    }
}
