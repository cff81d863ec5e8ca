package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.Delivery;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Versions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a cluster holds of an account after one thing in it has changed. */
public final class Changed {
  private Changed() {}

  public static Observed namespace(Observed was, NamespaceState namespace) {
    return new Observed(
        was.id(),
        namespace,
        was.record(),
        was.facts(),
        was.status(),
        was.contents(),
        was.bindings(),
        was.suspended(),
        was.tombstone(),
        was.otherRights(),
        was.delivery(),
        was.versions());
  }

  public static Observed record(Observed was, RecordState record) {
    return new Observed(
        was.id(),
        was.namespace(),
        record,
        was.facts(),
        was.status(),
        was.contents(),
        was.bindings(),
        was.suspended(),
        was.tombstone(),
        was.otherRights(),
        was.delivery(),
        was.versions());
  }

  public static Observed facts(Observed was, AdminFacts facts) {
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        facts,
        was.status(),
        was.contents(),
        was.bindings(),
        was.suspended(),
        was.tombstone(),
        was.otherRights(),
        was.delivery(),
        was.versions());
  }

  public static Observed status(Observed was, Optional<CredentialStatus> status) {
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        was.facts(),
        status,
        was.contents(),
        was.bindings(),
        was.suspended(),
        was.tombstone(),
        was.otherRights(),
        was.delivery(),
        was.versions());
  }

  public static Observed content(Observed was, ManagedObject object, String fingerprint) {
    var contents = new HashMap<>(was.contents());
    contents.put(object, fingerprint);
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        was.facts(),
        was.status(),
        contents,
        was.bindings(),
        was.suspended(),
        was.tombstone(),
        was.otherRights(),
        was.delivery(),
        was.versions());
  }

  public static Observed bindings(
      Observed was, Consumer<Map<ManagedObject, ObservedBinding>> change) {
    var bindings = new HashMap<>(was.bindings());
    change.accept(bindings);
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        was.facts(),
        was.status(),
        was.contents(),
        bindings,
        was.suspended(),
        was.tombstone(),
        was.otherRights(),
        was.delivery(),
        was.versions());
  }

  public static Observed suspended(Observed was, boolean suspended) {
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        was.facts(),
        was.status(),
        was.contents(),
        was.bindings(),
        suspended,
        was.tombstone(),
        was.otherRights(),
        was.delivery(),
        was.versions());
  }

  public static Observed tombstone(Observed was, Optional<Tombstone> tombstone) {
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        was.facts(),
        was.status(),
        was.contents(),
        was.bindings(),
        was.suspended(),
        tombstone,
        was.otherRights(),
        was.delivery(),
        was.versions());
  }

  public static Observed otherRights(Observed was, Optional<String> binding) {
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        was.facts(),
        was.status(),
        was.contents(),
        was.bindings(),
        was.suspended(),
        was.tombstone(),
        binding,
        was.delivery(),
        was.versions());
  }

  public static Observed versions(Observed was, Versions versions) {
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        was.facts(),
        was.status(),
        was.contents(),
        was.bindings(),
        was.suspended(),
        was.tombstone(),
        was.otherRights(),
        was.delivery(),
        versions);
  }

  public static Observed delivery(Observed was, Delivery delivery) {
    return new Observed(
        was.id(),
        was.namespace(),
        was.record(),
        was.facts(),
        was.status(),
        was.contents(),
        was.bindings(),
        was.suspended(),
        was.tombstone(),
        was.otherRights(),
        delivery,
        was.versions());
  }
}
