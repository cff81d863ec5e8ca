package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server on loopback, and fails as networks do. */
public final class LoopbackProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final long answerLimit;
  private final boolean silent;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private LoopbackProxy(String address, int target, long answerLimit, boolean silent) {
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.target = target;
    this.answerLimit = answerLimit;
    this.silent = silent;
    Thread.ofVirtual().start(this::accept);
  }

  /** Only passes everything on, from an address of its own. */
  public static LoopbackProxy passing(String address, int target) {
    return new LoopbackProxy(address, target, Long.MAX_VALUE, false);
  }

  /** Cuts each connection when the server has answered that many bytes. */
  public static LoopbackProxy cutting(int target, long answerLimit) {
    return new LoopbackProxy("127.0.0.1", target, answerLimit, false);
  }

  /** Keeps each connection, but passes on no more than that many bytes of answers. */
  public static LoopbackProxy falling(int target, long answerLimit) {
    return new LoopbackProxy("127.0.0.1", target, answerLimit, true);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many were made through it so far. */
  public int connections() {
    return connections.get();
  }

  /** Ends every connection, and takes no new one. */
  public void cut() {
    shut(listener);
    sockets.forEach(LoopbackProxy::shut);
  }

  @Override
  public void close() {
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        connections.incrementAndGet();
        sockets.add(client);
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pass(client, server, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(server, client, answerLimit));
      }
    } catch (IOException _) {
      close();
    }
  }

  private void pass(Socket from, Socket to, long limit) {
    var buffer = new byte[4096];
    long left = limit;
    try {
      while (left > 0) {
        int count = from.getInputStream().read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          break;
        }
        to.getOutputStream().write(buffer, 0, count);
        left -= count;
      }
    } catch (IOException _) {
      left = -1;
    }
    if (left != 0 || !silent) {
      shut(from);
      shut(to);
    }
  }

  private static void shut(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception _) {
      return;
    }
  }
}
