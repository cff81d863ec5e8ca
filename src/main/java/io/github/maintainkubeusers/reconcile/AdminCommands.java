package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.Moments;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.plan.Rights;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.plan.Versions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What admins state by command. A command writes facts and takes rights away; the controller does
 * the rest, at once when one is running.
 */
public final class AdminCommands {
  private static final int ATTEMPTS = 10;

  private final Cluster cluster;
  private final Catalogue catalogue;
  private final Revocation revocation;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * What a command did for one account.
   *
   * @param done false when there was nothing to do
   * @param text for a person, without the account's name
   */
  public record Answer(AccountId id, boolean done, String text) {
    public Answer {
      requireNonNull(id, "id is null");
      requireNonNull(text, "text is null");
    }
  }

  /**
   * @param cluster loaded
   * @param revocation by what credentials can be told apart
   * @param random must be one that nobody can foresee
   */
  public AdminCommands(
      Cluster cluster,
      Catalogue catalogue,
      Revocation revocation,
      InstantSource clock,
      RandomGenerator random) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.revocation = requireNonNull(revocation, "revocation is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** Revokes all credentials that the accounts have now: first the fact, then the rights. */
  public List<Answer> revoke(Collection<AccountId> ids) {
    var answers = new ArrayList<Answer>();
    ids.forEach(id -> answers.add(revoke(id)));
    return answers;
  }

  private Answer revoke(AccountId id) {
    if (holdsNothing(cluster.observe(id))) {
      return new Answer(id, false, "has no credentials here: nothing was revoked");
    }
    Optional<AdminFacts.Revocation> stated = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      Observed observed = cluster.observe(id);
      try {
        if (stated.isEmpty()) {
          var revocation =
              new AdminFacts.Revocation(
                  Rights.newest(observed).next(clock.instant(), random),
                  Moments.seconds(clock.instant()));
          Versions _ = cluster.state(id, observed.facts().with(revocation), observed.versions());
          stated = Optional.of(revocation);
        } else {
          removeRights(observed);
          return new Answer(id, true, "its credentials have no rights any more" + exception(id));
        }
      } catch (ClusterException e) {
        if (e.reason() != ClusterException.Reason.CONFLICT || attempt >= ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** What the operator asked for cannot be had together with a revocation. */
  private String exception(AccountId id) {
    return revocation == Revocation.NONE && id.kind() != AccountKind.SERVICE
        ? ". Its new certificates carry a group of their own beside the organization of all, though"
            + " credentials.revocation is none: without it the revoked ones would work again"
        : "";
  }

  /**
   * Of credentials that the controller has made since the fact was stated, the rights stay. Each
   * binding is written, also one that has nobody to be removed, and a missing one is created
   * without subjects: a controller that is about to write it from an older plan then conflicts.
   */
  private void removeRights(Observed observed) {
    AccountId id = observed.id();
    Set<Subject> entitled =
        Rights.subjects(id, Rights.of(new Target.Kept(id, "revoked"), observed, clock.instant()));
    Versions versions = observed.versions();
    for (var binding : new TreeMap<>(observed.bindings()).entrySet()) {
      var remaining = new HashSet<>(binding.getValue().subjects());
      remaining.retainAll(entitled);
      versions =
          cluster.perform(
              id, new ClusterStep.RemoveSubjects(binding.getKey(), remaining), versions);
    }
    for (DesiredObject binding : catalogue.of(id).bindings()) {
      if (!observed.bindings().containsKey(binding.object())) {
        versions = cluster.perform(id, new ClusterStep.SetSubjects(binding, Set.of()), versions);
      }
    }
  }

  private static boolean holdsNothing(Observed observed) {
    boolean foreign =
        observed.namespace() == NamespaceState.FOREIGN
            || observed.namespace() == NamespaceState.ABSENT;
    return foreign
        || (observed.record() instanceof RecordState.None
            && observed.status().isEmpty()
            && !observed.hasRights());
  }

  /**
   * Lets a new owner have the account's name.
   *
   * @param uid the user id that the directory gives the account; empty when the directory does not
   *     have it
   */
  public Answer forget(AccountId id, Optional<Uid> uid) {
    for (int attempt = 1; ; attempt++) {
      Observed observed = cluster.observe(id);
      try {
        return switch (observed.record()) {
          case RecordState.Known(AccountRecord record) -> forgetOwner(observed, record.uid(), uid);
          case RecordState.None() -> forgetRemoved(observed);
          case RecordState.Unreadable(String why) ->
              new Answer(
                  id, false, "its record cannot be read, so that nothing was forgotten: " + why);
        };
      } catch (ClusterException e) {
        if (e.reason() != ClusterException.Reason.CONFLICT || attempt >= ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Answer forgetOwner(Observed observed, Uid recorded, Optional<Uid> uid) {
    AccountId id = observed.id();
    if (uid.equals(Optional.of(recorded))) {
      return new Answer(
          id,
          false,
          "it has user id "
              + recorded
              + " in the directory as in its record:"
              + " nothing was forgotten");
    }
    Versions _ = cluster.state(id, observed.facts().withForgotten(recorded), observed.versions());
    if (observed.tombstone().isPresent()) {
      cluster.forgetTombstone(id);
    }
    return new Answer(
        id,
        true,
        "user id "
            + recorded
            + " is forgotten: "
            + uid.map(owner -> "user id " + owner).orElse("the next owner of the name")
            + " gets new credentials, and its namespace with everything in it");
  }

  private Answer forgetRemoved(Observed observed) {
    AccountId id = observed.id();
    if (observed.tombstone().isEmpty()) {
      return new Answer(id, false, "there is no record of it: nothing was forgotten");
    }
    Tombstone grave = observed.tombstone().get();
    if (revocation == Revocation.NONE && clock.instant().isBefore(grave.notAfter())) {
      return new Answer(
          id,
          false,
          "a certificate of its former owner would have the new owner's rights until "
              + grave.notAfter()
              + ", because credentials.revocation is none: nothing was forgotten. Wait until then,"
              + " or set it to groups");
    }
    cluster.forgetTombstone(id);
    return new Answer(
        id,
        true,
        "the removed account with user id " + grave.uid() + " is forgotten: the name is free");
  }
}
