package io.github.maintainkubeusers.plan;

/**
 * One thing to do for an account, with all that it writes. The planner gives the order of an
 * account's steps.
 */
public sealed interface Step permits ClusterStep, CredentialStep, HomeStep {}
