package io.github.maintainkubeusers.plan;

/** How fast work of a kind goes through all accounts. */
public enum RolloutPriority {
  /** As soon as possible: somebody waits for it. */
  NONE,
  /** An owner changed or deleted what the program shows them, and may do so all day. */
  REPAIR,
  /** Many accounts at once have lost access, or soon will. */
  URGENT,
  /** Many accounts at once are to have something new, and nobody waits for it. */
  ROUTINE
}
