package dev.mallard.lsp.request;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Both ends of a connection. Unlike channels, sockets stay open when a thread that writes to them
 * is interrupted, and so do the streams of a process.
 */
record Wire(Socket client, Socket server) {
  static Wire open() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket(listening.getInetAddress(), listening.getLocalPort());
      Socket server = listening.accept();
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      return new Wire(client, server);
    }
  }
}
