package io.github.maintainkubeusers.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections of one client that says nothing. */
final class Flood implements AutoCloseable {
  private static final int CONNECTIONS = 2200;

  private final List<Socket> sockets = new ArrayList<>();

  private Flood() {}

  static Flood of(String address, int port) {
    var flood = new Flood();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        flood.sockets.add(new Socket(address, port));
      }
      return flood;
    } catch (IOException e) {
      flood.close();
      throw new UncheckedIOException("could not connect to " + address + ":" + port, e);
    }
  }

  @Override
  public void close() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException _) {
        // the other side has closed it
      }
    }
  }
}
