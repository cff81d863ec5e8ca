package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterException;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.plan.AccountPlan;
import io.github.maintainkubeusers.plan.DeparturePlan;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Wave;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one account to what it should be. Whatever woke it, it looks at the account's whole state, under the
 * account's own lock: two who want the same account done do it once.
 */
final class AccountReconciler {
    private static final Logger LOG = LoggerFactory.getLogger(AccountReconciler.class);

    private final Cluster cluster;
    private final AccountPlans plans;
    private final Waves waves;
    private final Progress progress;
    private final StepRunner runner;
    private final HomeFiles homeFiles;
    private final HomeChecks checks;
    private final Backoff backoff;
    private final ClockGuard clockGuard;
    private final Faults faults;
    private final PassListener listener;
    private final InstantSource clock;
    private final Semaphore places;
    private final Set<AccountId> wanted = ConcurrentHashMap.newKeySet();
    private final Map<AccountId, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** @param concurrency accounts that are worked on at once */
    AccountReconciler(Cluster cluster, AccountPlans plans, Waves waves, Progress progress, StepRunner runner,
            HomeFiles homeFiles, HomeChecks checks, Backoff backoff, ClockGuard clockGuard, Faults faults,
            PassListener listener, InstantSource clock, int concurrency) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.plans = requireNonNull(plans, "plans is null");
        this.waves = requireNonNull(waves, "waves is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.runner = requireNonNull(runner, "runner is null");
        this.homeFiles = requireNonNull(homeFiles, "homeFiles is null");
        this.checks = requireNonNull(checks, "checks is null");
        this.backoff = requireNonNull(backoff, "backoff is null");
        this.clockGuard = requireNonNull(clockGuard, "clockGuard is null");
        this.faults = requireNonNull(faults, "faults is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.places = new Semaphore(concurrency);
    }

    /** What would be done now. */
    AccountPlan plan(Account account) {
        return plans.plan(account);
    }

    /** The outcome of an account for which there is nothing to do now, found without a thread or a call. */
    Optional<Outcome> look(Account account) {
        Optional<Outcome> outcome = contained(account, () -> {
            AccountPlan plan = plan(account);
            progress.planned(plan);
            return withoutWork(plan).or(() -> plan.work().flatMap(this::waiting));
        }).filter(found -> !(found instanceof Outcome.Unchanged && isCheckDue(account)));
        outcome.ifPresent(found -> tellOfLook(account.id(), found));
        return outcome;
    }

    /** Whether a change in the cluster is one to be looked at before the next pass. */
    boolean isUrgent(Account account) {
        return look(account).isEmpty()
                && !plan(account).work().filter(AccountPlan.Work::canWaitForAPass).isPresent();
    }

    /** True once until the account's turn comes: many events, our own changes' among them, need one look after them. */
    boolean want(AccountId id) {
        return wanted.add(id);
    }

    /** Whether its turn is yet to come, so that what happens now will be looked at then. */
    boolean isWanted(AccountId id) {
        return wanted.contains(id);
    }

    /**
     * Waits for a place only when it is the account's turn: many who want the same account done take up one place.
     *
     * @param current the account as the directory has it when its turn comes, which may be no longer as it was when
     *        this was asked for
     */
    Outcome reconcile(AccountId id, Supplier<Optional<Account>> current) throws InterruptedException {
        ReentrantLock lock = locks.computeIfAbsent(id, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            wanted.remove(id);
            Optional<Account> account = current.get();
            Optional<Outcome> nothingToDo = account.map(this::look).orElse(Optional.of(new Outcome.Unchanged()));
            return nothingToDo.isPresent() ? nothingToDo.get() : inPlace(id, () -> attempt(account.orElseThrow()));
        } finally {
            lock.unlock();
        }
    }

    /** Takes away from an account what the plan of its departure says. */
    Outcome depart(DeparturePlan plan) throws InterruptedException {
        AccountId id = plan.departure().id();
        plans.forget(id);
        ReentrantLock lock = locks.computeIfAbsent(id, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return plan.steps().isEmpty() ? new Outcome.Unchanged() : inPlace(id, () -> guarded(id, () -> {
                runner.run(plan.departure(), plan.steps());
                LOG.info("{}: {}, for it is {}", id, plan.word(), plan.departure().why());
                listener.on(new Happening.Departed(plan));
                return new Outcome.Done(plan.word());
            }));
        } finally {
            lock.unlock();
        }
    }

    private Outcome inPlace(AccountId id, Supplier<Outcome> work) throws InterruptedException {
        places.acquire();
        try (var _ = LogContext.account(id)) {
            Outcome outcome = work.get();
            tell(id, outcome);
            return outcome;
        } finally {
            places.release();
        }
    }

    private Outcome attempt(Account account) {
        AccountId id = account.id();
        var delay = backoff.current(id, clock.instant());
        return guarded(id, () -> {
            // Not only before each pass: the clock can have jumped since.
            Optional<WrongClockException> wrongClock = clockGuard.fault();
            if (wrongClock.isPresent()) {
                return new Outcome.Pending(wrongClock.get().getMessage());
            }
            AccountPlan known = plan(account);
            boolean isCheck = isSettled(known) && isCheckDue(account);
            AccountPlan plan = isCheck ? planWithHome(account, known) : planWithForeign(account, known);
            if (plan.work().isPresent() && delay.isPresent()) {
                return new Outcome.Failed(delay.get().message(), Optional.of(delay.get().until()));
            }
            Outcome outcome = withoutWork(plan).orElseGet(() -> inTurn(plan.work().orElseThrow()));
            if (isCheck) {
                checks.done(id, clock.instant());
            }
            return outcome;
        });
    }

    /** What goes wrong with an account becomes its outcome. */
    private Outcome guarded(AccountId id, Supplier<Outcome> attempt) {
        try {
            return attempt.get();
        } catch (RuntimeException e) {
            listener.on(new Happening.AccountFailed(id, e));
            LOG.debug("{}: failed", id, e);
            return outcome(id, e);
        }
    }

    private Outcome outcome(AccountId id, RuntimeException failure) {
        return switch (failure) {
            case CostlyHomeException e -> {
                checks.hurry(id); // a part of it may stand in the home beside what another controller wrote
                yield failed(id, e.getMessage());
            }
            // A look at a home costs the cluster nothing, so that its owner need not wait after putting it right.
            case HomeException e -> new Outcome.Failed(e.getMessage(), Optional.empty());
            case ClusterException e -> {
                if (e.reason() == ClusterException.Reason.CONFLICT) {
                    checks.hurry(id); // who wrote into the cluster may have written into the home
                }
                yield failed(id, e.getMessage());
            }
            case CredentialException e -> failed(id, e.getMessage());
            default -> {
                LOG.error("{}: an error of this program", id, failure);
                yield failed(id, "an error of this program: " + failure);
            }
        };
    }

    /** An account for which there is nothing to do may have lost or damaged what is in its home. */
    private AccountPlan planWithHome(Account account, AccountPlan known) {
        return cluster.observe(account.id()).record().known()
                .map(record -> plans.plan(account, homeFiles.inspect(account, record))).orElse(known);
    }

    /** One that an earlier controller made is taken over as its home is. */
    private AccountPlan planWithForeign(Account account, AccountPlan known) {
        return known.work().filter(work -> work.steps().stream().anyMatch(Step.Adopt.class::isInstance))
                .map(_ -> plans.plan(account, runner.inspectForeign(account))).orElse(known);
    }

    private Outcome inTurn(AccountPlan.Work work) {
        return waves.take(work.wave()).map(obstacle -> waiting(work, obstacle)).orElseGet(() -> work(work));
    }

    private Optional<Outcome> waiting(AccountPlan.Work work) {
        return waves.obstacle(work.wave()).map(obstacle -> waiting(work, obstacle));
    }

    private Outcome waiting(AccountPlan.Work work, String obstacle) {
        progress.waits(work);
        return new Outcome.Pending(work.why() + " waits: " + obstacle);
    }

    private boolean isCheckDue(Account account) {
        return checks.isDue(account.id(), clock.instant());
    }

    private Outcome work(AccountPlan.Work work) {
        AccountId id = work.account().id();
        boolean well = false;
        try {
            runner.run(work.account(), work.steps());
            well = true;
        } catch (HomeException e) {
            well = true; // its owner's affair, not the wave's
            throw work.wave() == Wave.NONE ? e : new CostlyHomeException(e);
        } finally {
            waves.ended(work.wave(), well);
        }
        backoff.succeeded(id);
        progress.done(id);
        LOG.info("{}: done ({})", id, work.why());
        listener.on(new Happening.Worked(work.account(), work.why(), work.steps()));
        return new Outcome.Done(work.why());
    }

    /** An account that cannot even be looked at is one that failed; the others go on. */
    private static Optional<Outcome> contained(Account account, Supplier<Optional<Outcome>> looking) {
        try {
            return looking.get();
        } catch (RuntimeException e) {
            LOG.debug("{}: could not be planned", account, e);
            return Optional.of(new Outcome.Failed("could not be planned: " + e, Optional.empty()));
        }
    }

    private static boolean isSettled(AccountPlan plan) {
        return withoutWork(plan).filter(Outcome.Unchanged.class::isInstance).isPresent();
    }

    private static Optional<Outcome> withoutWork(AccountPlan plan) {
        return switch (plan) {
            case AccountPlan.Wait(_, String reason) -> Optional.of(new Outcome.Pending(reason));
            case AccountPlan.Hold(_, var held) -> Optional.of(new Outcome.OnHold(held));
            case AccountPlan.Work work when work.steps().isEmpty() -> Optional.of(new Outcome.Unchanged());
            case AccountPlan.Work _ -> Optional.empty();
        };
    }

    private Outcome failed(AccountId id, String message) {
        var delay = backoff.failed(id, clock.instant(), message);
        return new Outcome.Failed(message, Optional.of(delay.until()));
    }

    /** Most of a pass finds that nothing is to be done, while nobody has a fault that could be over: no text is needed. */
    private void tellOfLook(AccountId id, Outcome found) {
        if (found instanceof Outcome.Unchanged && faults.isEmpty()) {
            listener.on(new Happening.Settled(id, found));
        } else {
            try (var _ = LogContext.account(id)) {
                tell(id, found);
            }
        }
    }

    private void tell(AccountId id, Outcome outcome) {
        listener.on(new Happening.Settled(id, outcome));
        switch (outcome) {
            case Outcome.Failed(String message, _) -> faults.met(id.toString(), id + ": " + message);
            case Outcome.Refused _ -> LOG.debug("{}: refused", id);
            case Outcome.OnHold(var held) -> faults.met(id.toString(), held.toString());
            case Outcome.Done _,Outcome.Unchanged _,Outcome.Pending _ -> faults.over(id.toString());
        }
    }
}
