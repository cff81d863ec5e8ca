package io.github.maintainkubeusers.plan;

/** By what one set of an account's credentials can be told from another, and its rights taken. */
public enum Revocation {
  /** Each certificate carries a group of its own, and rights are given to that group. */
  GROUPS,

  /**
   * By nothing: certificates carry the organization of their kind alone, and rights are given to
   * the User. All certificates of an account have its rights until they end.
   */
  NONE
}
