package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Gid;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Whatever a cluster can hold of an account, sensible or not. */
final class AccountStates {
  static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
  static final AccountId TOOL = AccountId.tool("a");
  static final AccountId ADMIN = AccountId.admin("a");

  /** A binding that a template made once. */
  static final ManagedObject GONE = new ManagedObject(ObjectKind.ROLE_BINDING, "gone");

  private static final String OTHER = "0".repeat(16);

  private AccountStates() {}

  static Arbitrary<Observed> all() {
    return Arbitraries.of(TOOL, ADMIN).flatMap(AccountStates::of);
  }

  private static Arbitrary<Observed> of(AccountId id) {
    var cluster =
        Combinators.combine(namespaces(id), records(), statuses(), contents(id), bindings(id))
            .as(
                (namespace, record, status, contents, bindings) ->
                    new Observed(
                        id,
                        namespace,
                        record,
                        AdminFacts.NONE,
                        status,
                        contents,
                        bindings,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Delivery.UNCHECKED,
                        Versions.NONE));
    return Combinators.combine(
            cluster, Arbitraries.of(true, false), tombstones(), facts(), otherRights())
        .as(
            (observed, suspended, tombstone, facts, otherRights) ->
                Changed.otherRights(
                    Changed.facts(
                        Changed.tombstone(
                            Changed.suspended(observed, suspended && id.equals(TOOL)), tombstone),
                        facts),
                    otherRights))
        .flatMap(state -> Arbitraries.of(state, withRightStatus(state), withRightBindings(state)));
  }

  private static Arbitrary<AdminFacts> facts() {
    var revocations =
        Arbitraries.of(ObservedBuilder.id(1), ObservedBuilder.id(3), ObservedBuilder.id(10))
            .map(upTo -> AdminFacts.NONE.with(new AdminFacts.Revocation(upTo, NOW)));
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.just(AdminFacts.NONE)),
        Tuple.of(2, revocations),
        Tuple.of(
            1, Arbitraries.of(1001, 1002).map(uid -> AdminFacts.NONE.withForgotten(new Uid(uid)))));
  }

  private static Arbitrary<Optional<String>> otherRights() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.just(Optional.<String>empty())),
        Tuple.of(1, Arbitraries.just(Optional.of("ClusterRoleBinding other"))));
  }

  private static Observed withRightStatus(Observed state) {
    return state
        .record()
        .known()
        .flatMap(AccountRecord::credential)
        .map(
            credential ->
                Changed.status(
                    state,
                    Optional.of(
                        CredentialStatus.of(state.id().kind(), credential, Optional.empty()))))
        .orElse(state);
  }

  /** Of its recorded credentials, and with the right status. */
  private static Observed withRightBindings(Observed state) {
    return state
        .record()
        .known()
        .flatMap(AccountRecord::credentialId)
        .map(
            recorded ->
                Changed.bindings(
                    withRightStatus(state),
                    bindings -> {
                      bindings.clear();
                      Blueprints.of(state.id())
                          .bindings()
                          .forEach(
                              desired ->
                                  bindings.put(
                                      desired.object(),
                                      Blueprints.bound(
                                          desired.object(),
                                          Rights.subjects(state.id(), Set.of(recorded)))));
                    }))
        .orElse(state);
  }

  /** Whoever others are, they are none of the account's credentials. */
  static Arbitrary<Set<Subject>> garbage() {
    var subjects =
        Stream.concat(
            Stream.of(
                Subject.user("mallory"),
                Subject.user("tool:a:99"),
                Subject.group("system:masters"),
                Subject.group("tool:a:1:2"),
                Subject.group("tool:a:1000000000"),
                Subject.group("tool:a:"),
                new Subject(Subject.Type.OTHER, "builder"),
                new Subject(Subject.Type.OTHER, "tool:a:50")),
            Stream.of(AccountId.tool("b"), AccountId.admin("b"), AccountId.tool("a-1"))
                .flatMap(id -> ObservedBuilder.groups(id, 1, 77).stream()));
    return Arbitraries.subsetOf(subjects.toList());
  }

  static Arbitrary<Optional<CredentialStatus>> statuses() {
    return Arbitraries.of(
        Optional.of(new CredentialStatus("user created", "2027-11-22T03:50:14", true)),
        Optional.of(new CredentialStatus("", "rubbish", false)),
        Optional.of(new CredentialStatus("x", "", true)),
        Optional.empty());
  }

  private static Arbitrary<NamespaceState> namespaces(AccountId id) {
    return id.equals(ADMIN)
        ? Arbitraries.just(NamespaceState.READY)
        : Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(NamespaceState.READY)),
            Tuple.of(4, Arbitraries.of(NamespaceState.values())));
  }

  private static Arbitrary<RecordState> records() {
    Arbitrary<RecordState> known =
        Combinators.combine(
                credentials(),
                Arbitraries.of(1001, 1001, 1001, 1002).map(Uid::new),
                ages(),
                previous(),
                Arbitraries.of(AccountState.values()),
                Arbitraries.of(true, false),
                applied())
            .as(
                (credential, uid, age, previous, state, podsDeleted, lastApplied) ->
                    new RecordState.Known(
                        new AccountRecord(
                            uid,
                            credential,
                            previous,
                            NOW.minus(age),
                            credential.isPresent() ? state : AccountState.QUARANTINED,
                            podsDeleted,
                            lastApplied,
                            Optional.empty(),
                            List.of())));
    return Arbitraries.oneOf(
        known,
        known,
        known,
        Arbitraries.of(
            new RecordState.None(),
            new RecordState.None(),
            new RecordState.Unreadable("it is not JSON")));
  }

  private static Arbitrary<Optional<Credential>> credentials() {
    var some =
        Combinators.combine(
                Arbitraries.integers().between(0, 6),
                issuers(),
                Arbitraries.of(-1, 0, 1, 29, 31, 300, 2000).map(Duration::ofDays))
            .as(
                (number, issuer, left) ->
                    Optional.of(
                        new Credential(
                            recorded(number),
                            number,
                            "a".repeat(64),
                            issuer,
                            "1f",
                            NOW.minus(Duration.ofDays(3650)),
                            NOW.plus(left))));
    return Arbitraries.frequencyOf(
        Tuple.of(9, some), Tuple.of(1, Arbitraries.just(Optional.empty())));
  }

  private static CredentialId recorded(int number) {
    return switch (number) {
      case 0 -> CredentialId.LEGACY;
      case 6 -> ObservedBuilder.id(3).withoutGroup();
      default -> ObservedBuilder.id(number);
    };
  }

  private static Arbitrary<List<AccountRecord.Previous>> previous() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.of(-1, 1, 9, 11, 500_000).map(Duration::ofMinutes))
        .as(
            (number, left) ->
                new AccountRecord.Previous(
                    number == 0 ? CredentialId.LEGACY : ObservedBuilder.id(number), NOW.plus(left)))
        .list()
        .ofMaxSize(2);
  }

  private static Arbitrary<String> issuers() {
    return Arbitraries.of("b", "b", "c", "d").map(letter -> letter.repeat(64));
  }

  private static Arbitrary<Duration> ages() {
    return Arbitraries.of(-100, -1, 0, 1, 9, 10, 11, 5000, 100_000).map(Duration::ofMinutes);
  }

  private static Arbitrary<LastApplied> applied() {
    var access =
        Arbitraries.of(
            Blueprints.ACCESS, Blueprints.ACCESS, Optional.of(OTHER), Optional.<String>empty());
    var objects =
        Arbitraries.of(
            Map.<String, String>of(),
            Blueprints.applied(TOOL).objects(),
            Map.of("resourcequota", OTHER, "limitrange", OTHER, "forgotten", OTHER));
    var throttles =
        Arbitraries.of(-1, 0, 4, 6, 9, 11, 14, 16, 5_000_000)
            .map(minutes -> NOW.plus(Duration.ofMinutes(minutes)));
    return Combinators.combine(
            access,
            objects,
            Arbitraries.oneOf(throttles, Arbitraries.just(Instant.EPOCH)),
            Arbitraries.of(false, false, false, true),
            Arbitraries.of(
                Optional.<Gid>empty(), Optional.<Gid>empty(), Optional.of(new Gid(6001))))
        .as(
            (kubeconfig, applied, throttle, missing, group) ->
                new LastApplied(kubeconfig, applied, throttle, missing, group, Optional.empty()));
  }

  /** Missing, as desired, as was applied before, or as somebody left it. */
  private static Arbitrary<Map<ManagedObject, String>> contents(AccountId id) {
    var objects = Blueprints.of(id).contents();
    return Arbitraries.integers()
        .between(0, 3)
        .list()
        .ofSize(objects.size())
        .map(
            choices -> {
              var contents = new HashMap<ManagedObject, String>();
              for (int i = 0; i < objects.size(); i++) {
                DesiredObject desired = objects.get(i);
                switch (choices.get(i)) {
                  case 0 -> contents.put(desired.object(), desired.fingerprint());
                  case 1 -> contents.put(desired.object(), OTHER);
                  case 2 -> contents.put(desired.object(), "f".repeat(16));
                  default -> {
                    // missing
                  }
                }
              }
              return contents;
            });
  }

  private static Arbitrary<Map<ManagedObject, ObservedBinding>> bindings(AccountId id) {
    var subjects =
        Stream.concat(
                ObservedBuilder.groups(id, 1, 2, 3, 4, 5, 9).stream(),
                Stream.of(Subject.user("a"), Subject.user("mallory"), Subject.group("tool:b:80")))
            .toList();
    var objects =
        new HashSet<>(Blueprints.of(id).bindings().stream().map(DesiredObject::object).toList());
    if (id.equals(TOOL)) {
      objects.add(GONE);
    }
    Arbitrary<String> roles = Arbitraries.of("", "", "", OTHER);
    var bounds =
        Combinators.combine(roles, Arbitraries.subsetOf(subjects)).as(ObservedBinding::new);
    return Arbitraries.maps(Arbitraries.of(objects), bounds)
        .ofMaxSize(objects.size())
        .map(
            map -> {
              var bindings = new HashMap<ManagedObject, ObservedBinding>();
              map.forEach(
                  (object, bound) ->
                      bindings.put(
                          object,
                          bound.role().isEmpty()
                              ? Blueprints.bound(object, bound.subjects())
                              : bound));
              return bindings;
            });
  }

  private static Arbitrary<Optional<Tombstone>> tombstones() {
    return Arbitraries.of(
        Optional.<Tombstone>empty(),
        Optional.<Tombstone>empty(),
        Optional.of(new Tombstone(new Uid(1001), NOW)),
        Optional.of(new Tombstone(new Uid(1002), NOW)));
  }
}
