package io.github.maintainkubeusers.home;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.linux.Architecture;
import io.github.maintainkubeusers.linux.Capability;
import io.github.maintainkubeusers.linux.NativeKernel;
import io.github.maintainkubeusers.linux.Syscalls;
import io.github.maintainkubeusers.linux.ThreadCredentials;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Homes on a Linux filesystem, each dealt with as its owner. For use by any number of threads.
 *
 * <p>Runs as root or any other user with CAP_SETUID and CAP_SETGID; no more is needed for homes
 * that exist. Making homes that are missing takes CAP_CHOWN too, and a parent that this user may
 * write to: its own, or CAP_DAC_OVERRIDE. In a home, none of them is in effect. A user without any
 * capability works for the accounts with its own id.
 *
 * <p>Linux takes a process that has switched for one that must not be looked into: run as another
 * user than root, it is no longer "dumpable", so that jcmd and the like have to be called by root.
 */
public final class UnixHomes implements Homes {
  private static final Duration REST = Duration.ofSeconds(60);
  private static final int ACCOUNTS_UNANSWERED = 3;
  private static final String MARK = "k8s.disabled";
  private static final int MARK_MODE = 0644;

  private final HomeSettings settings;
  private final InstantSource clock;
  private final TemporaryNames names;
  private final Syscalls sys;
  private final ThreadCredentials own;
  private final Map<HomePath, HomeWorkerPool> pools;

  UnixHomes(HomeSettings settings, InstantSource clock, SecureRandom random, Syscalls sys) {
    this.settings = settings;
    this.clock = clock;
    this.names = new TemporaryNames(random);
    this.sys = sys;
    this.own = ownCredentials(sys);
    this.pools = new HashMap<>();
    names.release(names.reserve());
    ClassPreloader.everything();
    settings.roots().values().forEach(roots -> roots.forEach(this::addLane));
  }

  /**
   * Starts the workers, and touches no file.
   *
   * @param random must be one that nobody can foresee
   * @throws HomeException when this program may not act as the owners of homes
   */
  public static UnixHomes open(HomeSettings settings, InstantSource clock, SecureRandom random) {
    requireNonNull(settings, "settings is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(random, "random is null");
    Architecture architecture =
        Architecture.current()
            .orElseThrow(
                () ->
                    new HomeException(
                        "could not work on homes: only Linux on x86-64 and arm64 is supported, this"
                            + " is "
                            + System.getProperty("os.name")
                            + " on "
                            + System.getProperty("os.arch")));
    return new UnixHomes(
        settings, clock, random, new Syscalls(new NativeKernel(architecture), architecture));
  }

  /** Workers that have not come back from an operation within the deadline, nor since. */
  public int stuckWorkers() {
    return pools.values().stream().mapToInt(HomeWorkerPool::leftBehind).sum();
  }

  @Override
  public void prepare(Account account) {
    call(
        account,
        "prepare",
        (parent, identity) -> {
          Layout layout = Layout.of(account.id().kind(), settings.mode(account.id().kind()));
          var maker = new FolderMaker(sys, identity);
          boolean there = identity.as(account, () -> complete(parent, account, layout, maker));
          if (!there) {
            maker.makeHome(parent, account, layout.homeMode());
            identity.as(account, () -> complete(parent, account, layout, maker));
          }
          return there;
        });
  }

  /**
   * @return false when there is no home
   */
  private boolean complete(
      OpenDirectory parent, Account account, Layout layout, FolderMaker maker) {
    return inHome(
            parent,
            account,
            home -> {
              boolean changed = false;
              for (Layout.Folder folder : layout.folders()) {
                boolean made = made(maker, home, folder, account);
                if (folder.isNeeded() && !made) {
                  new CredentialsFolder(home, folder.name()).refuseUnlessWritable(account.uid());
                }
                changed |= made;
              }
              if (changed && settings.sync()) {
                home.sync();
              }
              return true;
            })
        .orElse(false);
  }

  /**
   * Something of the owner's in the place of a folder that credentials do not need is left to its
   * owner.
   */
  private static boolean made(
      FolderMaker maker, OpenDirectory home, Layout.Folder folder, Account account) {
    try {
      return maker.madeFolder(home, folder, account);
    } catch (HomeException e) {
      if (folder.isNeeded() || e.fault() != HomeFault.OWNER) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public Map<HomeFile, byte[]> read(Account account, Set<HomeFile> files) {
    return as(
        account,
        "read",
        parent ->
            inHome(parent, account, home -> readAll(home, account, files))
                .orElseGet(() -> new EnumMap<>(HomeFile.class)));
  }

  private Map<HomeFile, byte[]> readAll(OpenDirectory home, Account account, Set<HomeFile> files) {
    Map<HomeFile, byte[]> contents = new EnumMap<>(HomeFile.class);
    for (HomeFile file : files) {
      Optional<OpenDirectory> folder = home.folder(file.folder(), account.uid());
      if (folder.isPresent()) {
        try (OpenDirectory open = folder.get()) {
          new FileReader(open, rules(account))
              .read(file.fileName())
              .ifPresent(content -> contents.put(file, content));
        }
      }
    }
    return contents;
  }

  @Override
  public Set<HomeFile> write(Account account, List<HomeWrite> writes) {
    writes.forEach(write -> refuseLarge(account, write));
    return draftingAs(
        account,
        "write to",
        writes.size(),
        (parent, drafts) ->
            inHome(
                    parent,
                    account,
                    home -> {
                      try (var writer = new HomeWriter(home, rules(account), settings.sync())) {
                        Set<HomeFile> changed =
                            writer.write(
                                IntStream.range(0, writes.size())
                                    .mapToObj(
                                        i -> new HomeWriter.Draft(writes.get(i), drafts.get(i)))
                                    .toList());
                        writer.folders().forEach(new Sweeper(sys, names)::sweep);
                        return changed;
                      }
                    })
                .orElseThrow(
                    () ->
                        location(account)
                            .refused(HomeFault.CHANGED, "write to", "there is no such directory")));
  }

  @Override
  public void markDisabled(Account account, boolean disabled) {
    Object _ =
        draftingAs(
            account,
            "mark",
            1,
            (parent, drafts) ->
                inHome(
                    parent,
                    account,
                    home -> {
                      if (!disabled) {
                        return home.remove(MARK);
                      }
                      new Sweeper(sys, names).sweep(home);
                      return home.stat(MARK).isEmpty() && marked(home, drafts.getFirst());
                    }));
  }

  @Override
  public boolean isMarkedDisabled(Account account) {
    return as(
        account,
        "read",
        parent -> inHome(parent, account, home -> home.stat(MARK).isPresent()).orElse(false));
  }

  private boolean marked(OpenDirectory home, String draft) {
    Object _ = home.create(draft, MARK, new byte[0], MARK_MODE, settings.sync());
    try {
      home.rename(draft, MARK);
      return true;
    } catch (HomeException e) {
      home.removeQuietly(draft);
      throw e;
    }
  }

  private FileRules rules(Account account) {
    return new FileRules(account.uid(), settings.maxFileBytes());
  }

  private void refuseLarge(Account account, HomeWrite write) {
    if (write.content().length > settings.maxFileBytes()) {
      throw location(account)
          .child(write.file().toString())
          .refused(
              HomeFault.SYSTEM,
              "write",
              "the new content is larger than " + settings.maxFileBytes() + " bytes");
    }
  }

  /** To be called as the account. */
  private <T> Optional<T> inHome(
      OpenDirectory parent, Account account, Function<OpenDirectory, T> work) {
    Optional<OpenDirectory> found = new HomeEntrance(sys).open(parent, account);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (OpenDirectory home = found.get()) {
      return Optional.of(work.apply(home));
    }
  }

  private <T> T as(Account account, String act, Function<OpenDirectory, T> work) {
    return call(account, act, (parent, identity) -> identity.as(account, () -> work.apply(parent)));
  }

  /** As the account, with names for drafts that no sweep takes away meanwhile. */
  private <T> T draftingAs(
      Account account, String act, int count, BiFunction<OpenDirectory, List<String>, T> work) {
    return call(
        account,
        act,
        (parent, identity) -> {
          List<String> drafts = Stream.generate(names::reserve).limit(count).toList();
          try {
            return identity.as(account, () -> work.apply(parent, drafts));
          } finally {
            if (!identity.isLost()) {
              drafts.forEach(names::release);
            }
          }
        });
  }

  private <T> T call(
      Account account, String act, BiFunction<OpenDirectory, FilesystemIdentity, T> work) {
    HomeWorkerPool pool = pool(account, act);
    var resolver = new TrustedPathResolver(sys, own.uid());
    return pool.call(
        act,
        location(account),
        identity -> {
          try {
            return call(resolver, account, pool.root(), identity, work);
          } catch (StalePathException _) {
            return call(resolver.askingServers(), account, pool.root(), identity, work);
          }
        });
  }

  private static <T> T call(
      TrustedPathResolver resolver,
      Account account,
      HomePath root,
      FilesystemIdentity identity,
      BiFunction<OpenDirectory, FilesystemIdentity, T> work) {
    try (OpenDirectory parent = resolver.openParent(account, root)) {
      return work.apply(parent, identity);
    }
  }

  private static HomeLocation location(Account account) {
    return new HomeLocation(account.id(), account.home().value());
  }

  private HomeWorkerPool pool(Account account, String act) {
    List<HomePath> roots = settings.roots().getOrDefault(account.id().kind(), List.of());
    return roots.stream()
        .filter(account.home()::isBelow)
        .findFirst()
        .map(pools::get)
        .orElseThrow(
            () ->
                location(account)
                    .refused(
                        HomeFault.SYSTEM, act, "homes of this kind are expected below " + roots));
  }

  private void addLane(HomePath root) {
    pools.computeIfAbsent(
        root,
        _ ->
            new HomeWorkerPool(
                root,
                settings,
                new CircuitBreaker(ACCOUNTS_UNANSWERED, REST, clock),
                () -> {
                  var identity = new FilesystemIdentity(sys, own);
                  identity.verifyOwn();
                  return identity;
                }));
  }

  private static ThreadCredentials ownCredentials(Syscalls sys) {
    ThreadCredentials own = ThreadCredentials.ofThisThread(sys);
    boolean hasPower = own.uid() == 0 || own.effective() != 0;
    if (hasPower && !FilesystemIdentity.canSwitch(own)) {
      List<Capability> missing =
          List.of(Capability.CAP_SETUID, Capability.CAP_SETGID).stream()
              .filter(capability -> !own.has(capability))
              .toList();
      throw new HomeException(
          "could not work on homes as their owners: this program lacks " + missing);
    }
    return own;
  }

  @Override
  public void close() {
    pools.values().forEach(HomeWorkerPool::close);
  }
}
