package io.github.maintainkubeusers.directory;

/**
 * What is done when a server says that some entries of a search are on another one. They are never
 * followed.
 */
public enum Referrals {
  /** The reading fails, because it is not whole. */
  FAIL,
  /**
   * It is whole without them: Active Directory sends some for parts that have no accounts in them.
   */
  IGNORE
}
