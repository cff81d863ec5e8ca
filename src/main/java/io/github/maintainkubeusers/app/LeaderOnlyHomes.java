package io.github.maintainkubeusers.app;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.home.HomeWrite;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.kube.Leadership;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Homes that only the leader writes to: credentials that another replica has replaced must not come
 * back.
 */
final class LeaderOnlyHomes implements Homes {
  private final Homes homes;
  private final Leadership leadership;

  LeaderOnlyHomes(Homes homes, Leadership leadership) {
    this.homes = requireNonNull(homes, "homes is null");
    this.leadership = requireNonNull(leadership, "leadership is null");
  }

  @Override
  public void prepare(Account account) {
    leadership.require();
    homes.prepare(account);
  }

  @Override
  public Map<HomeFile, byte[]> read(Account account, Set<HomeFile> files) {
    return homes.read(account, files);
  }

  @Override
  public Set<HomeFile> write(Account account, List<HomeWrite> writes) {
    leadership.require();
    return homes.write(account, writes);
  }

  @Override
  public void markDisabled(Account account, boolean disabled) {
    leadership.require();
    homes.markDisabled(account, disabled);
  }

  @Override
  public boolean isMarkedDisabled(Account account) {
    return homes.isMarkedDisabled(account);
  }

  @Override
  public void close() {
    homes.close();
  }
}
