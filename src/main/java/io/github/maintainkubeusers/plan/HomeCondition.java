package io.github.maintainkubeusers.plan;

/** What a look into a home found of what we put there. */
public enum HomeCondition {
    /** Nobody has looked. */
    UNSEEN,
    /** All is there and fits the record. */
    WELL,
    /** The kubeconfig is missing, or does not say what it should. */
    KUBECONFIG_OUTDATED,
    /** Key or certificate is missing, or they do not fit each other or the record. */
    CREDENTIALS_DAMAGED
}
