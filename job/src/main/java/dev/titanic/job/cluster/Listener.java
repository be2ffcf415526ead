package dev.titanic.job.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A server on a port of localhost. */
final class Listener {
  private Listener() {}

  /** Whether somebody accepts connections there. */
  static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
