package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.StolenPair;
import io.github.maintainkubeusers.testing.Thief;
import io.github.maintainkubeusers.testing.Victim;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Random events around a running controller, with a thief who copies every pair and tries it again
 * and again.
 */
final class ThiefWalk implements AutoCloseable {
  private static final String CONTROLLER =
      """
      interval: 1s
      leaderElection: {enabled: true}
      credentials: {refreshBurst: 1000, gracePeriod: 1s}
      """;
  private static final Duration SETTLED = Duration.ofSeconds(90);
  private static final String ADMIN_WHO_STAYS = "steady";

  /** What happens, and how often each. */
  enum Event {
    ADD(6),
    REMOVE(2),
    LOCK(3),
    UNLOCK(4),
    NEW_OWNER(1),
    REQUEST(8),
    REVOKE(4),
    FORGET(2),
    NAMESPACE_IS_DELETED(1),
    BINDING_IS_EMPTIED(2),
    KUBECONFIG_BREAKS(2),
    HOME_IS_SEALED(2),
    HOME_IS_MENDED(3),
    RESTART(1),
    KILL(1),
    PASS(4);

    private final int weight;

    Event(int weight) {
      this.weight = weight;
    }
  }

  /** One name, and what the directory says of it. */
  private static final class Name {
    private Victim victim;
    private boolean present;
    private boolean locked;
    private int uid;

    /** Since another owner came, until an admin has said {@code forget}. */
    private boolean passedOn;

    private Name(Victim victim, int uid) {
      this.victim = victim;
      this.uid = uid;
    }

    private boolean isEntitled() {
      return present && !locked;
    }
  }

  private final World world;
  private final Random random;
  private final Thief thief = new Thief();
  private final Set<StolenPair> revoked = new HashSet<>();
  private final List<Name> names = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private ProgramRun program;

  ThiefWalk(World world, long seed) {
    this.world = world;
    this.random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      names.add(new Name(Victim.tool(world, "walk-" + i), 50_001 + i));
    }
    for (int i = 0; i < 2; i++) {
      names.add(new Name(Victim.admin(world, "walker-" + i), 60_101 + i));
    }
    world.addAdmins(60_001, ADMIN_WHO_STAYS);
    world.writeConfig(CONTROLLER);
    program = world.start();
    program.awaitPasses(1, SETTLED);
  }

  /** Lets something happen, and tries what was revoked. */
  void step() {
    Event event = next();
    Name name = names.get(random.nextInt(names.size()));
    story.add(event + " " + name.victim);
    happen(event, name);
    names.forEach(each -> thief.stealNow(each.victim));
    Thief.assertPowerless(revoked.toArray(StolenPair[]::new));
  }

  /**
   * Mends the homes, and waits until every pair has the rights that it should have and no others.
   */
  void settle() {
    names.forEach(name -> HomeDamage.mend(name.victim));
    try {
      Object _ =
          Waiting.untilPassed(
              SETTLED,
              () -> {
                names.forEach(this::check);
                return this;
              });
    } catch (AssertionError e) {
      throw new AssertionError(
          "after " + story + ":\n" + e.getMessage() + "\n" + program.output(), e);
    }
  }

  int stolen() {
    return thief.pairs().size();
  }

  int revokedPairs() {
    return revoked.size();
  }

  private Event next() {
    int at = random.nextInt(List.of(Event.values()).stream().mapToInt(event -> event.weight).sum());
    for (Event event : Event.values()) {
      at -= event.weight;
      if (at < 0) {
        return event;
      }
    }
    throw new IllegalStateException("unreachable: the weights have been summed");
  }

  private void happen(Event event, Name name) {
    switch (event) {
      case ADD -> add(name);
      case REMOVE -> remove(name);
      case LOCK -> lock(name, true);
      case UNLOCK -> lock(name, false);
      case NEW_OWNER -> passOn(name);
      case REQUEST -> request(name);
      case REVOKE -> revoke(name);
      case FORGET -> forget(name);
      case NAMESPACE_IS_DELETED ->
          onlyTool(name, "delete", "namespace", name.victim.namespace(), "--wait=false");
      case BINDING_IS_EMPTIED ->
          onlyTool(
              name,
              "patch",
              "rolebinding",
              name.victim.name() + "-tool-binding",
              "-n",
              name.victim.namespace(),
              "--type=merge",
              "-p",
              "{\"subjects\": null}");
      case KUBECONFIG_BREAKS -> HomeDamage.breakKubeconfig(name.victim);
      case HOME_IS_SEALED -> HomeDamage.seal(name.victim);
      case HOME_IS_MENDED -> HomeDamage.mend(name.victim);
      case RESTART -> restart(false);
      case KILL -> restart(true);
      case PASS -> program.awaitPasses(program.passes() + 1, SETTLED);
    }
  }

  private void add(Name name) {
    if (!name.present) {
      if (name.victim.isAdmin()) {
        world.ldap().addPerson(name.victim.name(), name.uid, name.victim.home().toString());
      } else {
        world.ldap().addTool(name.victim.name(), name.uid, name.victim.home().toString());
      }
      name.present = true;
      name.locked = false;
      setAdmins();
    }
  }

  private void remove(Name name) {
    if (name.present) {
      name.present = false;
      setAdmins();
      if (name.victim.isAdmin()) {
        world.ldap().removePerson(name.victim.name());
      } else {
        world.ldap().removeTool(name.victim.name());
      }
    }
  }

  private void setAdmins() {
    var admins = new ArrayList<>(List.of(ADMIN_WHO_STAYS));
    names.stream()
        .filter(name -> name.present && name.victim.isAdmin())
        .forEach(name -> admins.add(name.victim.name()));
    world.ldap().setAdmins(admins.toArray(String[]::new));
  }

  private void lock(Name name, boolean locked) {
    if (name.present && name.locked != locked) {
      String of = name.victim.name();
      if (name.victim.isAdmin()) {
        run(locked, () -> world.ldap().lockPerson(of), () -> world.ldap().unlockPerson(of));
      } else {
        run(locked, () -> world.ldap().lockTool(of), () -> world.ldap().unlockTool(of));
      }
      name.locked = locked;
    }
  }

  private static void run(boolean first, Runnable one, Runnable other) {
    (first ? one : other).run();
  }

  private void passOn(Name name) {
    remove(name);
    name.uid += 1000;
    name.victim =
        name.victim.in(name.victim.home().resolveSibling(name.victim.name() + "-" + name.uid));
    name.passedOn = true;
    add(name);
  }

  private void request(Name name) {
    if (name.victim.isAdmin()) {
      name.victim.requestCredentials();
    } else {
      onlyTool(name, "delete", "configmap", "maintain-kubeusers", "-n", name.victim.namespace());
    }
  }

  private void revoke(Name name) {
    List<StolenPair> before =
        thief.pairs().stream()
            .filter(pair -> pair.victim().name().equals(name.victim.name()))
            .toList();
    if (command(name, "revoke").status() == 0) {
      revoked.addAll(before);
    }
  }

  private void forget(Name name) {
    ProgramRun _ = command(name, "forget");
    name.passedOn = false;
  }

  private ProgramRun command(Name name, String command) {
    ProgramRun run =
        name.victim.isAdmin()
            ? world.run(command, "--admin", name.victim.name())
            : world.run(command, name.victim.name());
    story.add("-> " + run.status());
    return run;
  }

  /** What is done to an object that may be there or not. */
  private void onlyTool(Name name, String... arguments) {
    if (!name.victim.isAdmin()) {
      world.plane().kubectl().run(arguments);
    }
  }

  private void restart(boolean kill) {
    if (kill) {
      program.kill();
    } else {
      program.close();
    }
    program = world.start();
  }

  private void check(Name name) {
    Optional<StolenPair> own = thief.stealNow(name.victim);
    boolean owed = name.isEntitled() && !name.passedOn;
    if (owed && own.filter(StolenPair::hasRights).isEmpty()) {
      throw new AssertionError(name.victim + " has no rights: " + own);
    }
    thief.pairs().stream()
        .filter(pair -> pair.victim().name().equals(name.victim.name()))
        .filter(pair -> !(name.isEntitled() && own.filter(pair::equals).isPresent()))
        .filter(pair -> !pair.rights().isEmpty())
        .findAny()
        .ifPresent(
            pair -> {
              throw new AssertionError(pair + " may " + pair.rights() + "; in the home: " + own);
            });
  }

  @Override
  public void close() {
    program.close();
    thief.close();
  }
}
