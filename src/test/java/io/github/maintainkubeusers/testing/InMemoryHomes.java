package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.toSet;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.home.HomeWrite;
import io.github.maintainkubeusers.home.Homes;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Homes that are maps. */
public final class InMemoryHomes implements Homes {
  private final Journal journal;
  private final Set<AccountId> marked = ConcurrentHashMap.newKeySet();
  private final Map<AccountId, Map<HomeFile, byte[]>> homes = new ConcurrentHashMap<>();

  public InMemoryHomes(Journal journal) {
    this.journal = journal;
  }

  /** What the owner does. */
  public void put(AccountId id, HomeFile file, byte[] content) {
    files(id).put(file, content);
  }

  public Optional<byte[]> get(AccountId id, HomeFile file) {
    return Optional.ofNullable(files(id).get(file));
  }

  @Override
  public void prepare(Account account) {
    journal.enter("prepare home of " + account);
  }

  @Override
  public Map<HomeFile, byte[]> read(Account account, Set<HomeFile> files) {
    var found = new EnumMap<HomeFile, byte[]>(HomeFile.class);
    files(account.id())
        .forEach(
            (file, content) -> {
              if (files.contains(file)) {
                found.put(file, content.clone());
              }
            });
    return found;
  }

  @Override
  public Set<HomeFile> write(Account account, List<HomeWrite> writes) {
    journal.enter("write home of " + account + " " + writes.stream().map(HomeWrite::file).toList());
    Map<HomeFile, byte[]> files = files(account.id());
    for (HomeWrite write : writes) {
      var found = Optional.ofNullable(files.get(write.file())).map(ByteBuffer::wrap);
      if (write.replaces().isPresent()
          && !write.replaces().get().map(ByteBuffer::wrap).equals(found)) {
        throw new HomeException(
            HomeFault.CHANGED, "could not write " + write.file() + ": it was changed");
      }
    }
    writes.forEach(write -> files.put(write.file(), write.content().clone()));
    return writes.stream().map(HomeWrite::file).collect(toSet());
  }

  @Override
  public void markDisabled(Account account, boolean disabled) {
    journal.enter("mark home of " + account + " disabled " + disabled);
    if (disabled) {
      marked.add(account.id());
    } else {
      marked.remove(account.id());
    }
  }

  @Override
  public boolean isMarkedDisabled(Account account) {
    return marked.contains(account.id());
  }

  @Override
  public void close() {
    // nothing is held
  }

  private Map<HomeFile, byte[]> files(AccountId id) {
    return homes.computeIfAbsent(id, _ -> new ConcurrentHashMap<>());
  }
}
