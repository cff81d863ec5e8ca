package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.reconcile.Thief.Stolen;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says which certificates may have rights and which must, from what has happened and not from what
 * the program thinks.
 */
final class Oracle {
  private static final int MOST_SUBJECTS = 8;
  private static final int MOST_SIGNED_WHILE_QUIET = 3;

  private final SimulatedWorld world;
  private final Set<Stolen> revoked = new HashSet<>();
  private final Set<AccountName> tampered = new HashSet<>();

  /** Since a kubeconfig could not be read, superseded certificates may last: it may hold them. */
  private final Set<AccountId> lasting = new HashSet<>();

  Oracle(SimulatedWorld world) {
    this.world = world;
  }

  /** The command has said so, for all that was signed for the account until then. */
  void revoked(AccountId id) {
    world.thief.all().stream().filter(stolen -> stolen.id().equals(id)).forEach(revoked::add);
  }

  /**
   * Somebody has bound the User by hand: until that is noticed, all who have the name have the
   * rights.
   */
  void tampered(AccountId id) {
    tampered.add(id.name());
  }

  void kubeconfigBroke(AccountId id) {
    lasting.add(id);
  }

  /**
   * What was stated after the backup is lost with the state of the cluster; what is in the homes is
   * not.
   */
  void restored() {
    revoked.removeIf(
        stolen ->
            inHome(stolen.id()).filter(stolen::equals).isPresent()
                || inHome(stolen.id()).isEmpty());
    revoked.clear();
  }

  /** At every moment: what was revoked has no rights, and bindings do not grow without bound. */
  Optional<String> always() {
    for (Stolen stolen : revoked) {
      if (!tampered.contains(stolen.id().name()) && !Thief.rights(stolen, world.server).isEmpty()) {
        return Optional.of(
            "revoked, and has rights: " + stolen + " in " + Thief.rights(stolen, world.server));
      }
    }
    for (AccountId id : world.server.ids()) {
      if (world.server.get(id).bindings().values().stream()
          .anyMatch(binding -> binding.subjects().size() > MOST_SUBJECTS)) {
        return Optional.of("a binding has many subjects: " + world.server.get(id));
      }
    }
    return Optional.empty();
  }

  /** After nothing has gone wrong for longer than the grace period. */
  Optional<String> quiet(List<Stolen> signed) {
    tampered.clear();
    Optional<String> atAnyMoment = always();
    if (atAnyMoment.isPresent()) {
      return atAnyMoment;
    }
    for (AccountId id : SimulatedWorld.ACCOUNTS) {
      if (signed.stream().filter(stolen -> stolen.id().equals(id)).count()
          > MOST_SIGNED_WHILE_QUIET) {
        return Optional.of("many certificates were signed while all was quiet: " + signed);
      }
    }
    for (Stolen stolen : signed) {
      if (world.server.isGranted(stolen.id().name().value())) {
        return Optional.of("signed although others give rights to the User: " + stolen);
      }
    }
    for (Stolen stolen : world.thief.all()) {
      List<AccountId> rights = Thief.rights(stolen, world.server);
      Optional<String> objection = rights.isEmpty() ? Optional.empty() : mayNot(stolen, rights);
      if (objection.isPresent()) {
        return objection.map(
            why ->
                why
                    + ": "
                    + stolen
                    + " has rights of "
                    + rights
                    + "; "
                    + world.server.get(stolen.id()));
      }
    }
    for (AccountId id : SimulatedWorld.ACCOUNTS) {
      Optional<String> objection = isOwed(id) ? lacks(id) : hasPods(id);
      if (objection.isPresent()) {
        return objection.map(
            why -> why + ": " + id + "; " + world.directory.get(id) + "; " + world.server.get(id));
      }
    }
    return Optional.empty();
  }

  private Optional<String> mayNot(Stolen stolen, List<AccountId> rights) {
    AccountId id = stolen.id();
    Account owner = world.directory.get(id);
    Optional<AccountRecord> record = world.server.get(id).record().known();
    if (rights.stream().anyMatch(of -> !of.equals(id)) && !isLegacyNamesake(stolen)) {
      return Optional.of("has the rights of another account");
    }
    if (owner == null || owner.disabled()) {
      return Optional.of("the owner is " + (owner == null ? "gone" : "locked"));
    }
    boolean comingIn =
        world.full.contains(id) || world.broken.contains(id); // signed, and not recorded yet
    if (record.isPresent() && !record.get().uid().equals(owner.uid()) && !comingIn) {
      return Optional.of("the record is of another owner");
    }
    boolean recorded =
        record
            .flatMap(AccountRecord::credential)
            .map(Credential::certificate)
            .filter(stolen.fingerprint()::equals)
            .isPresent();
    // While legacy credentials are the recorded ones, whoever has the name is the User that is
    // bound.
    boolean legacy =
        record.flatMap(AccountRecord::credentialId).filter(CredentialId.LEGACY::equals).isPresent();
    boolean excused = lasting.contains(id) || comingIn || legacy || isHeld(id);
    return recorded || excused ? Optional.empty() : Optional.of("it was superseded");
  }

  /**
   * Certificates without groups of their own are the same User, whoever binds it: nothing can be
   * done about that.
   */
  private static boolean isLegacyNamesake(Stolen stolen) {
    return stolen.subjects().stream()
        .filter(subject -> subject.type() == Subject.Type.GROUP)
        .noneMatch(subject -> subject.name().contains(":"));
  }

  /** Whether nothing excuses that the account does not work. */
  private boolean isOwed(AccountId id) {
    Account owner = world.directory.get(id);
    Observed observed = world.server.get(id);
    boolean sameOwner =
        observed
            .record()
            .known()
            .map(AccountRecord::uid)
            .or(
                () ->
                    observed.record() instanceof RecordState.None
                        ? observed.tombstone().map(grave -> grave.uid())
                        : Optional.empty())
            .filter(uid -> owner == null || !uid.equals(owner.uid()))
            .isEmpty();
    return owner != null
        && !owner.disabled()
        && sameOwner
        && !isHeld(id)
        && !world.broken.contains(id)
        && !world.full.contains(id);
  }

  private boolean isHeld(AccountId id) {
    AccountId namesake =
        id.kind() == AccountKind.TOOL
            ? AccountId.admin(id.name().value())
            : AccountId.tool(id.name().value());
    return world.server.get(id).otherRights().isPresent() || world.directory.containsKey(namesake);
  }

  private Optional<String> lacks(AccountId id) {
    Optional<Stolen> own = inHome(id);
    if (own.isEmpty()) {
      return Optional.of("there is no certificate in the home");
    }
    int bindings = id.kind() == AccountKind.TOOL ? 1 : 2;
    if (Thief.rights(own.get(), world.server).stream().filter(id::equals).count() != bindings) {
      return Optional.of("what is in the home lacks rights: " + own.get());
    }
    if (world.clock.instant().isAfter(own.get().until())) {
      return Optional.of("what is in the home has ended: " + own.get());
    }
    return world.server.get(id).suspended() ? Optional.of("it is suspended") : Optional.empty();
  }

  /** Of whoever is locked or gone, no pod runs on. */
  private Optional<String> hasPods(AccountId id) {
    Account owner = world.directory.get(id);
    boolean quarantined =
        world
            .server
            .get(id)
            .record()
            .known()
            .filter(record -> record.state() == AccountState.QUARANTINED)
            .isPresent();
    boolean locked =
        owner != null && owner.disabled() && world.server.get(id).record().known().isPresent();
    return (quarantined || locked) && world.server.pods(id) > 0
        ? Optional.of("pods of an account in quarantine run")
        : Optional.empty();
  }

  private Optional<Stolen> inHome(AccountId id) {
    return world.homes.get(id, SimulatedWorld.certificate(id)).flatMap(world.thief::of);
  }
}
