package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ObjectKey;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UserGrantsTest {
  private static final AccountId TOOL = AccountId.tool("a");
  private static final AccountId ADMIN = AccountId.admin("a");
  private static final Subject USER = Subject.user("a");

  private final List<AccountId> told = Collections.synchronizedList(new ArrayList<>());
  private final UserGrants grants = new UserGrants();
  private final BiConsumer<ObjectKey, Optional<ExistingBinding>> roleBindings =
      grants.follow(key -> Names.toolOf(key.namespace()), told::add);
  private final BiConsumer<ObjectKey, Optional<ExistingBinding>> clusterRoleBindings =
      grants.follow(key -> Names.adminOf(key.name()), told::add);

  @Test
  void areSeenOfSomebodyElsesBindingsOfBothKinds() {
    roleBindings.accept(key("kube-system", "deploy"), foreign("deploy", USER));
    assertThat(grants.others(TOOL)).contains("RoleBinding kube-system/deploy");
    assertThat(grants.others(ADMIN)).contains("RoleBinding kube-system/deploy");

    clusterRoleBindings.accept(key("", "break-glass"), foreign("break-glass", USER));
    assertThat(grants.others(TOOL))
        .as("the first in order")
        .contains("ClusterRoleBinding break-glass");
    assertThat(grants.others(AccountId.tool("b"))).isEmpty();
  }

  @Test
  void areNoneOfAnotherKindOfSubject() {
    clusterRoleBindings.accept(
        key("", "x"),
        foreign(
            "x",
            Subject.group("a"),
            Subject.group("tool:a:7"),
            new Subject(Subject.Type.OTHER, "a"),
            Subject.user("A"),
            Subject.user("system:admin")));

    assertThat(grants.others(TOOL)).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void areNotOthersWhereTheBindingIsTheAccountsOwn() {
    roleBindings.accept(key("tool-a", "a-tool-binding"), ours(ManagedObject.TOOL_BINDING, USER));

    assertThat(grants.others(TOOL)).isEmpty();
    assertThat(grants.others(ADMIN))
        .as("an admin of this name would be that User")
        .contains("RoleBinding tool-a/a-tool-binding");
  }

  @Test
  void areOthersWhereTheAccountsOwnBindingNamesAnotherAccount() {
    clusterRoleBindings.accept(key("", "b-binding"), ours(ManagedObject.ADMIN_BINDING, USER));

    assertThat(grants.others(TOOL)).contains("ClusterRoleBinding b-binding");
    assertThat(grants.others(ADMIN)).contains("ClusterRoleBinding b-binding");
  }

  @Test
  void areOthersInAToolsNamespaceWhenTheBindingIsNotOurs() {
    roleBindings.accept(key("tool-a", "by-its-owner"), foreign("by-its-owner", USER));

    assertThat(grants.others(TOOL)).contains("RoleBinding tool-a/by-its-owner");
  }

  @Test
  void endWithTheSubjectAndWithTheBinding() {
    clusterRoleBindings.accept(key("", "x"), foreign("x", USER, Subject.user("b")));
    clusterRoleBindings.accept(key("", "x"), foreign("x", Subject.user("b")));
    assertThat(grants.others(TOOL)).isEmpty();
    assertThat(grants.others(AccountId.tool("b"))).isPresent();

    clusterRoleBindings.accept(key("", "x"), Optional.empty());
    assertThat(grants.others(AccountId.tool("b"))).isEmpty();
  }

  @Test
  void endOnlyWithTheLastBinding() {
    clusterRoleBindings.accept(key("", "x"), foreign("x", USER));
    roleBindings.accept(key("kube-system", "x"), foreign("x", USER));

    clusterRoleBindings.accept(key("", "x"), Optional.empty());
    assertThat(grants.others(TOOL)).contains("RoleBinding kube-system/x");
    roleBindings.accept(key("kube-system", "x"), Optional.empty());
    assertThat(grants.others(TOOL)).isEmpty();
  }

  @Test
  void areToldToWhoeverTheyWereOrAreOf() {
    clusterRoleBindings.accept(key("", "x"), foreign("x", USER));
    assertThat(told).containsExactlyInAnyOrder(TOOL, ADMIN);
    told.clear();

    clusterRoleBindings.accept(key("", "x"), foreign("x", Subject.user("b")));
    assertThat(told)
        .containsExactlyInAnyOrder(TOOL, ADMIN, AccountId.tool("b"), AccountId.admin("b"));
    told.clear();

    clusterRoleBindings.accept(key("", "x"), Optional.empty());
    assertThat(told).containsExactlyInAnyOrder(AccountId.tool("b"), AccountId.admin("b"));
  }

  @Test
  void areWhatMakesSomebodyElsesBindingWorthRemembering() {
    assertThat(UserGrants.namesUser(foreign("x", Subject.group("g"), USER).orElseThrow())).isTrue();
    assertThat(
            UserGrants.namesUser(
                foreign("x", Subject.group("a"), Subject.user("Not A Name")).orElseThrow()))
        .isFalse();
  }

  /** The two kinds of bindings are followed by two threads. */
  @Test
  @Timeout(60)
  void getLostByNoChangeOfABindingOfTheOtherKind() {
    int rounds = 20_000;
    var begun = new AtomicInteger();
    var ended = new AtomicInteger();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              for (int round = 1; round <= rounds; round++) {
                awaitRound(begun, round);
                clusterRoleBindings.accept(key("", "x"), Optional.empty());
                ended.set(round);
              }
            });
    for (int round = 1; round <= rounds; round++) {
      clusterRoleBindings.accept(key("", "x"), foreign("x", USER));
      begun.set(round);
      roleBindings.accept(key("kube-system", "x"), foreign("x", USER));
      awaitRound(ended, round);

      assertThat(grants.others(TOOL)).as("round " + round).contains("RoleBinding kube-system/x");
      roleBindings.accept(key("kube-system", "x"), Optional.empty());
    }
  }

  private static void awaitRound(AtomicInteger counter, int round) {
    while (counter.get() < round) {
      Thread.onSpinWait();
    }
  }

  private static ObjectKey key(String namespace, String name) {
    return new ObjectKey(namespace, name);
  }

  private static Optional<ExistingBinding> foreign(String name, Subject... subjects) {
    return Optional.of(
        new ExistingBinding(
            Optional.empty(), name, "1", new ObservedBinding("role", Set.of(subjects))));
  }

  private static Optional<ExistingBinding> ours(ManagedObject object, Subject... subjects) {
    return Optional.of(
        new ExistingBinding(
            Optional.of(object),
            object.name(),
            "1",
            new ObservedBinding("role", Set.of(subjects))));
  }
}
