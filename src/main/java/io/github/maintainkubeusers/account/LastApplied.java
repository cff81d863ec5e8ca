package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was last put in place for an account, so that a changed template can be told from an object
 * that somebody changed by hand.
 *
 * @param kubeconfig fingerprint of what the kubeconfig was last written for: server and CA bundle
 * @param objects for each object by the name of its template, the fingerprint of what was last put
 *     into it
 * @param throttle when the refreshes that the owner has asked for are all paid off, one in each
 *     interval
 * @param statusMissing whether the program could not put the owner's ConfigMap in place: that it is
 *     missing is then no request of its owner
 * @param group of the account's files and pods, where its number is not that of the user
 * @param secret fingerprint of what was last put into a service's Secret
 */
public record LastApplied(
    Optional<String> kubeconfig,
    Map<String, String> objects,
    Instant throttle,
    boolean statusMissing,
    Optional<Gid> group,
    Optional<String> secret) {
  public static final LastApplied NONE =
      new LastApplied(
          Optional.empty(), Map.of(), Instant.EPOCH, false, Optional.empty(), Optional.empty());
  private static final String KUBECONFIG = "kubeconfig";
  private static final String OBJECT = "object.";
  private static final String THROTTLE = "throttle";
  private static final String STATUS_MISSING = "status-missing";
  private static final String GROUP = "gid";
  private static final String SECRET = "secret";
  private static final int FINGERPRINT_LENGTH = 16;
  private static final String DIGITS = "0123456789abcdef";

  public LastApplied {
    requireNonNull(throttle, "throttle is null");
    requireNonNull(group, "group is null");
    kubeconfig.ifPresent(fingerprint -> require(fingerprint, KUBECONFIG));
    secret.ifPresent(fingerprint -> require(fingerprint, SECRET));
    objects.forEach((name, fingerprint) -> require(fingerprint, OBJECT + name));
    objects = Map.copyOf(objects);
  }

  /**
   * @param fingerprint empty when it is not known: then what was known stays
   */
  public LastApplied withKubeconfig(Optional<String> fingerprint) {
    return fingerprint.isEmpty() || fingerprint.equals(kubeconfig)
        ? this
        : new LastApplied(fingerprint, objects, throttle, statusMissing, group, secret);
  }

  /** The kubeconfig is still to be written. */
  public LastApplied withoutKubeconfig() {
    return new LastApplied(Optional.empty(), objects, throttle, statusMissing, group, secret);
  }

  public LastApplied withObjects(Map<String, String> fingerprints) {
    return fingerprints.equals(objects)
        ? this
        : new LastApplied(kubeconfig, fingerprints, throttle, statusMissing, group, secret);
  }

  public LastApplied withThrottle(Instant until) {
    return new LastApplied(kubeconfig, objects, until, statusMissing, group, secret);
  }

  public LastApplied withStatusMissing(boolean missing) {
    return missing == statusMissing
        ? this
        : new LastApplied(kubeconfig, objects, throttle, missing, group, secret);
  }

  public LastApplied withGroupOf(Account account) {
    Gid own = account.gid();
    boolean isUsers = own.value() == account.uid().value();
    if (isUsers ? group.isEmpty() : group.isPresent() && group.get().equals(own)) {
      return this;
    }
    return new LastApplied(
        kubeconfig,
        objects,
        throttle,
        statusMissing,
        isUsers ? Optional.empty() : Optional.of(own),
        secret);
  }

  public LastApplied withSecret(String fingerprint) {
    return new LastApplied(
        kubeconfig, objects, throttle, statusMissing, group, Optional.of(fingerprint));
  }

  Map<String, String> toEntries() {
    var entries = new TreeMap<String, String>();
    kubeconfig.ifPresent(fingerprint -> entries.put(KUBECONFIG, fingerprint));
    objects.forEach((name, fingerprint) -> entries.put(OBJECT + name, fingerprint));
    if (!throttle.equals(Instant.EPOCH)) {
      entries.put(THROTTLE, throttle.toString());
    }
    if (statusMissing) {
      entries.put(STATUS_MISSING, "true");
    }
    group.ifPresent(gid -> entries.put(GROUP, gid.toString()));
    secret.ifPresent(fingerprint -> entries.put(SECRET, fingerprint));
    return entries;
  }

  /** What is absent is not known yet: a record from before it was kept. */
  static LastApplied fromEntries(Map<String, String> entries) {
    var objects = new TreeMap<String, String>();
    entries.forEach(
        (name, fingerprint) -> {
          if (name.startsWith(OBJECT)) {
            objects.put(name.substring(OBJECT.length()), fingerprint);
          }
        });
    Instant throttle =
        entries.containsKey(THROTTLE)
            ? Entries.read(entries, THROTTLE, Instant::parse)
            : Instant.EPOCH;
    return new LastApplied(
        Optional.ofNullable(entries.get(KUBECONFIG)),
        objects,
        throttle,
        Entries.optional(entries, STATUS_MISSING, Entries::truth).orElse(false),
        Entries.optional(entries, GROUP, Gid::parse),
        Optional.ofNullable(entries.get(SECRET)));
  }

  private static void require(String fingerprint, String name) {
    if (!isFingerprint(fingerprint)) {
      throw new InvalidValueException(
          "the record's "
              + name
              + " "
              + InvalidValueException.quoted(fingerprint)
              + " is not a fingerprint of 16 hexadecimal digits");
    }
  }

  /** Not by a pattern: several are looked at for each account that is planned. */
  private static boolean isFingerprint(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return text.length() == FINGERPRINT_LENGTH;
  }
}
