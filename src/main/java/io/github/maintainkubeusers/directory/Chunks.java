package io.github.maintainkubeusers.directory;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parts of a list, each for one filter: few searches, and no filter that a server finds too long.
 */
final class Chunks {
  private static final int SIZE = 100;

  private Chunks() {}

  static <T> List<List<T>> of(Collection<T> all) {
    var list = List.copyOf(all);
    return IntStream.iterate(0, from -> from < list.size(), from -> from + SIZE)
        .mapToObj(from -> list.subList(from, Math.min(from + SIZE, list.size())))
        .toList();
  }
}
