package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.home.HomeWrite;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.testing.InMemoryHomes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The homes as one process sees them, some of them broken by their owners. */
final class SimulatedHomes implements Homes {
  private final InMemoryHomes homes;
  private final Set<AccountId> broken;
  private final Set<AccountId> full;
  private final Disturbance disturbance;

  /**
   * @param broken the homes that nothing can be written into, which shows before anything is signed
   * @param full the homes for which that shows only when something is written
   */
  SimulatedHomes(
      InMemoryHomes homes, Set<AccountId> broken, Set<AccountId> full, Disturbance disturbance) {
    this.homes = homes;
    this.broken = broken;
    this.full = full;
    this.disturbance = disturbance;
  }

  @Override
  public void prepare(Account account) {
    requireWritable(account);
    homes.prepare(account);
  }

  @Override
  public Map<HomeFile, byte[]> read(Account account, Set<HomeFile> files) {
    return homes.read(account, files);
  }

  @Override
  public Set<HomeFile> write(Account account, List<HomeWrite> writes) {
    disturbance.before();
    requireWritable(account);
    if (full.contains(account.id())) {
      throw new HomeException("could not write into the home of " + account + ": the disk is full");
    }
    var changed = new HashSet<HomeFile>();
    changed.addAll(homes.write(account, writes));
    disturbance.after();
    return changed;
  }

  @Override
  public void markDisabled(Account account, boolean disabled) {
    disturbance.before();
    requireWritable(account);
    homes.markDisabled(account, disabled);
    disturbance.after();
  }

  @Override
  public boolean isMarkedDisabled(Account account) {
    return homes.isMarkedDisabled(account);
  }

  @Override
  public void close() {
    // nothing is held
  }

  private void requireWritable(Account account) {
    if (broken.contains(account.id())) {
      throw new HomeException(
          HomeFault.OWNER, "could not write into the home of " + account + ": mode 0500");
    }
  }
}
