package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that are told their port before they listen. A port that the kernel chose may
 * be taken by any outgoing connection until then; these are below the range that it chooses from,
 * and above Kubernetes' own.
 */
public final class FreePorts {
  private static final int FIRST = 11_000;
  private static final int COUNT = 18_000;

  /** Other test processes run beside this one: each begins somewhere else. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  /** One on which no server listens, and that this process is not given again soon. */
  public static int next() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(new InetSocketAddress(port))
          && isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free");
  }

  private static boolean isFree(InetSocketAddress address) {
    try (var socket = new ServerSocket()) {
      socket.bind(address, 1);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
