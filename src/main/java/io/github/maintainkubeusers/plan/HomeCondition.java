package io.github.maintainkubeusers.plan;

/** What a look into a home found of what was put there. */
public enum HomeCondition {
  /** Nobody has looked. */
  UNCHECKED,
  /** Everything is there and fits the record. */
  INTACT,
  /** The kubeconfig is missing, or does not say what it should. */
  KUBECONFIG_OUTDATED,
  /** The file {@code k8s.disabled} is there and should not be, or the reverse. */
  MARK_OUTDATED,
  /** Key or certificate is missing, or they do not fit each other or the record. */
  CREDENTIALS_DAMAGED,
  /**
   * The certificate is one of this account that the cluster's CA signed after the recorded one: the
   * record is from before it, because the cluster's state was restored from a backup.
   */
  NEWER_THAN_RECORD
}
