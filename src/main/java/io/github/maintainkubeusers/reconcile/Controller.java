package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.plan.AccountPlan;
import io.github.maintainkubeusers.plan.Admission;
import io.github.maintainkubeusers.plan.DeparturePlan;
import io.github.maintainkubeusers.plan.Desired;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs passes over everybody when it is told to, and over single accounts when something of theirs changes in the
 * cluster. Accounts are worked on side by side, at most so many at once.
 */
public final class Controller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final Duration LAST_CALLS = Duration.ofSeconds(4);

    private final Directory directory;
    private final Cluster cluster;
    private final Admission admission;
    private final AccountReconciler reconciler;
    private final Departures departures;
    private final Faults faults;
    private final InstantSource clock;
    private final Semaphore places;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService retries = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("retries").daemon().factory());
    private volatile Map<AccountId, Account> roster = Map.of();
    private boolean following;

    Controller(Directory directory, Cluster cluster, Admission admission, AccountReconciler reconciler,
            Departures departures, Faults faults,
            InstantSource clock, int concurrency) {
        this.directory = requireNonNull(directory, "directory is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.admission = requireNonNull(admission, "admission is null");
        this.reconciler = requireNonNull(reconciler, "reconciler is null");
        this.departures = requireNonNull(departures, "departures is null");
        this.faults = requireNonNull(faults, "faults is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.places = new Semaphore(concurrency);
    }

    /**
     * One pass over everybody.
     *
     * @throws RuntimeException of directory or cluster, when the pass could not run
     */
    public synchronized PassReport pass() {
        Instant start = clock.instant();
        Desired desired = desired();
        follow();
        cluster.deleteStaleRequests();
        cluster.deleteExpiredTombstones(start);
        Map<AccountId, Outcome> outcomes = reconcile(desired.accounts(), departures.decide(desired));
        var report = new PassReport(outcomes, desired.held(), Duration.between(start, clock.instant()));
        LOG.info("Pass over {}", report.summary());
        return report;
    }

    /** What a pass would do now, without doing it. */
    public synchronized List<AccountPlan> plan() {
        Desired desired = desired();
        cluster.load();
        return desired.accounts().stream().map(reconciler::plan).toList();
    }

    /** Lets what is under way come to its end, for a few seconds. */
    @Override
    public void close() {
        retries.shutdownNow();
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
        Desired desired = admission.admit(directory.read());
        desired.held().forEach(held -> faults.met(List.of(held.kind(), held.name()), held));
        var accounts = new HashMap<AccountId, Account>();
        desired.accounts().forEach(account -> accounts.put(account.id(), account));
        roster = accounts;
        return desired;
    }

    /** Listens only once everything is loaded: a plan made from half of what is there would be wrong. */
    private void follow() {
        if (!following) {
            cluster.load();
            cluster.onChange(this::wake);
            cluster.follow();
            following = true;
        }
    }

    private Map<AccountId, Outcome> reconcile(List<Account> accounts, Departures.Decision departing) {
        var running = new HashMap<AccountId, Future<Outcome>>();
        var outcomes = new HashMap<AccountId, Outcome>();
        for (DeparturePlan plan : departing.plans()) {
            running.put(plan.departure().id(), executor.submit(() -> reconciler.depart(plan)));
        }
        for (Account account : accounts) {
            reconciler.look(account).ifPresentOrElse(outcome -> outcomes.put(account.id(), outcome),
                    () -> running.put(account.id(), executor.submit(() -> work(account))));
        }
        running.forEach((id, future) -> outcomes.put(id, await(future)));
        outcomes.putAll(departing.refused());
        return outcomes;
    }

    private Outcome work(Account account) throws InterruptedException {
        places.acquire();
        try {
            Outcome outcome = reconciler.reconcile(account);
            if (outcome instanceof Outcome.Failed(_, Optional<Instant> retryAt) && !retries.isShutdown()) {
                retryAt.ifPresent(time -> retryAt(account.id(), time));
            }
            return outcome;
        } finally {
            places.release();
        }
    }

    private void retryAt(AccountId id, Instant time) {
        long delay = Math.max(0, Duration.between(clock.instant(), time).toMillis());
        Future<?> _ = retries.schedule(() -> wake(id), delay, TimeUnit.MILLISECONDS);
    }

    /** Something of this account changed: perhaps by its owner, who waits for new credentials. */
    private void wake(AccountId id) {
        Account account = roster.get(id);
        if (account != null && !executor.isShutdown() && reconciler.look(account).isEmpty()) {
            Future<?> _ = executor.submit(() -> work(account));
        }
    }

    private static Outcome await(Future<Outcome> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted: the program is ending", Optional.empty());
        } catch (ExecutionException e) {
            return new Outcome.Failed("interrupted: " + e.getCause(), Optional.empty());
        }
    }
}
