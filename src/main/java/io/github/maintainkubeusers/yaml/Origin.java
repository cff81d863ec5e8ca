package io.github.maintainkubeusers.yaml;

/**
 * Where a node stands in its text.
 *
 * @param start offset in chars, of its anchor or tag if it has one
 * @param end offset after it; for block collections and block scalars that of whatever comes next
 * @param line from 1
 * @param column from 1, in code points
 */
record Origin(int start, int end, int line, int column) {
  /** Of a node that was made, not read. */
  static final Origin NONE = new Origin(-1, -1, 0, 0);

  boolean isEmpty() {
    return start == end;
  }
}
