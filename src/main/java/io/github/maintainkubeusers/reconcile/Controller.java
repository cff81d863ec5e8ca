package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterChanges;
import io.github.maintainkubeusers.kube.Parallel;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.WantedAccounts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs passes, and between them works on accounts as the cluster tells of changes. For one process.
 */
public final class Controller implements AutoCloseable {
  private final Cluster cluster;
  private final DirectoryReader directory;
  private final Housekeeping housekeeping;
  private final Pass pass;
  private final Workers workers;
  private final AdminCommands commands;
  private final HomeSurvey homes;
  private final PassLog log;
  private boolean following;
  private volatile boolean leading;
  private long passes;

  Controller(
      Cluster cluster,
      DirectoryReader directory,
      Housekeeping housekeeping,
      Pass pass,
      Workers workers,
      AdminCommands commands,
      HomeSurvey homes,
      PassLog log) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.housekeeping = requireNonNull(housekeeping, "housekeeping is null");
    this.pass = requireNonNull(pass, "pass is null");
    this.workers = requireNonNull(workers, "workers is null");
    this.commands = requireNonNull(commands, "commands is null");
    this.homes = requireNonNull(homes, "homes is null");
    this.log = requireNonNull(log, "log is null");
  }

  /**
   * Runs one pass over everybody.
   *
   * @throws RuntimeException of directory or cluster, when the pass could not run
   */
  public synchronized PassReport pass() {
    passes++;
    try (var _ = LogContext.pass(passes)) {
      log.started(passes);
      try {
        DirectorySnapshot snapshot = directory.read();
        lead();
        housekeeping.requireRightClock();
        log.entered(Stage.TIDYING);
        housekeeping.run();
        return log.finished(pass.run(snapshot));
      } catch (RuntimeException e) {
        log.failed(e);
        throw e;
      }
    }
  }

  /**
   * Reads what the cluster holds and follows it, so that a first pass can begin at any moment.
   * Writes nothing.
   */
  public synchronized void standBy() {
    try {
      follow();
    } finally {
      log.stoodBy();
    }
  }

  /**
   * What a pass would do now, without doing it. What the cluster holds is read, unless it is
   * followed already: see {@link #standBy}.
   */
  public synchronized DryRun dryRun() {
    return pass.dryRun(following ? directory.read() : readBeside(cluster::load));
  }

  /** A person waits: while the directory answers, the API server can. */
  private DirectorySnapshot readBeside(Runnable clusterRead) {
    Supplier<List<DirectorySnapshot>> snapshot = () -> List.of(directory.read());
    Supplier<List<DirectorySnapshot>> loaded =
        () -> {
          clusterRead.run();
          return List.of();
        };
    return Parallel.of(2).map(List.of(snapshot, loaded), Supplier::get).getFirst();
  }

  /**
   * What a pass would do for one account now, without doing it. Of the cluster, only what it holds
   * of this account is read.
   *
   * @return empty when neither directory nor cluster knows it
   */
  public synchronized Optional<Plan> dryRun(AccountId id) {
    DirectorySnapshot snapshot = readBeside(() -> cluster.load(id));
    Optional<Plan> wanted = pass.dryRun(snapshot, id);
    if (wanted.isPresent()) {
      return wanted;
    }
    // Whether it may go depends on how many others go.
    cluster.load();
    return pass.dryRun(snapshot).plans().stream().filter(plan -> plan.id().equals(id)).findFirst();
  }

  /**
   * Works on these accounts alone, as a pass would, but takes nobody's access away because of the
   * directory.
   */
  public synchronized Map<AccountId, Outcome> reconcile(Set<AccountId> ids) {
    DirectorySnapshot snapshot = directory.read();
    cluster.load();
    return pass.only(snapshot, ids);
  }

  /**
   * Looks into homes and changes nothing.
   *
   * @param ids whose; empty for all that the directory has and does not hold
   * @param each told of each finding as it comes
   */
  public synchronized List<HomeFinding> checkHomes(Set<AccountId> ids, Consumer<HomeFinding> each) {
    DirectorySnapshot snapshot = directory.read();
    cluster.load();
    WantedAccounts wanted = directory.admit(snapshot);
    return (ids.isEmpty() ? wanted.accounts().keySet() : ids)
        .stream()
            .filter(id -> id.kind().hasHome())
            .sorted()
            .map(
                id -> {
                  HomeFinding finding = homes.inspect(wanted, id);
                  each.accept(finding);
                  return finding;
                })
            .toList();
  }

  /**
   * Works on these accounts alone, and looks into their homes whenever they were looked into last.
   */
  public synchronized Map<AccountId, Outcome> repairHomes(Set<AccountId> ids) {
    pass.hurry(ids);
    return reconcile(ids);
  }

  /** Lets new owners have the names of these accounts: see {@link AdminCommands#forget}. */
  public synchronized List<AdminCommands.Answer> forget(Collection<AccountId> ids) {
    DirectorySnapshot snapshot = directory.read();
    cluster.load();
    WantedAccounts wanted = directory.admit(snapshot);
    return ids.stream().map(id -> commands.forget(id, wanted.uid(id))).toList();
  }

  /** Ends what is under way, within a few seconds. */
  @Override
  public void close() {
    workers.close();
  }

  /**
   * Before the first pass. Events lead to work only once everything is loaded: a plan made from
   * half of what is there would be wrong. A standby loads everything again: the last writes of the
   * former leader may not have come yet.
   */
  private void lead() {
    if (!leading) {
      if (following) {
        log.entered(Stage.MIRRORS);
        cluster.load();
      }
      follow();
      leading = true;
    }
  }

  private void follow() {
    if (!following) {
      log.entered(Stage.MIRRORS);
      cluster.load();
      cluster.follow(new Changes());
      following = true;
      log.loaded();
    }
  }

  private final class Changes implements ClusterChanges {
    /** Perhaps by the account's owner, who waits for new credentials. */
    @Override
    public void changed(AccountId id) {
      if (leading) {
        workers.wake(id);
      }
    }

    @Override
    public void reconnected() {
      if (leading) {
        workers.reconnected();
      }
    }
  }
}
