package io.github.maintainkubeusers.home;

/** Who can help when something could not be done in a home. */
public enum HomeFault {
  /** The owner of the home, by taking away or putting right what the message names. */
  OWNER,
  /**
   * Nobody needs to: the home was changed meanwhile; beginning again with what is there now will
   * do.
   */
  CHANGED,
  /** Nobody here: the filesystem does not answer, or has not for a while. */
  NO_ANSWER,
  /** Whoever runs this program or the filesystem. */
  SYSTEM
}
