package dev.sieve.data.cifar;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One GET request at a time for what a file still lacks. What the server says of lengths is not
 * relied on: bytes are counted, and those beyond the expected end are not read. {@link
 * HttpURLConnection} because it can give up on a connection that has gone quiet.
 */
final class HttpTransfer {
  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(30).toMillis();

  private final URI source;
  private final long total;
  private final CifarDownload.Progress progress;

  HttpTransfer(URI source, long total, CifarDownload.Progress progress) {
    this.source = source;
    this.total = total;
    this.progress = progress;
  }

  /**
   * Goes on from the file's end until it has {@code total} bytes.
   *
   * @param file Modified: what came is kept whatever happens, but begun anew where the server
   *     cannot go on
   * @throws TransferException if the server or the connection fails
   * @throws IOException if the disk does
   */
  void appendTo(FileChannel file) throws IOException, TransferException {
    HttpURLConnection connection = (HttpURLConnection) source.toURL().openConnection();
    try {
      long from = file.size();
      int status = request(connection, from);
      if (status == HttpURLConnection.HTTP_OK) {
        file.truncate(0);
        copy(connection, file, 0);
      } else if (status == HttpURLConnection.HTTP_PARTIAL && startsAt(connection, from)) {
        copy(connection, file, from);
      } else if (status == HttpURLConnection.HTTP_PARTIAL || status == 416) {
        file.truncate(0);
        throw TransferException.passing(
            "the server could not go on after %s bytes".formatted(from));
      } else if (status < 500 && status != 408 && status != 429) {
        throw TransferException.lasting("the server answers with status " + status);
      } else {
        throw TransferException.passing("the server answers with status " + status);
      }
    } finally {
      connection.disconnect();
    }
  }

  private static int request(HttpURLConnection connection, long from) throws TransferException {
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (from > 0) {
      connection.setRequestProperty("Range", "bytes=" + from + "-");
    }
    try {
      return connection.getResponseCode();
    } catch (UnknownHostException e) {
      throw TransferException.passing(
          "the host " + connection.getURL().getHost() + " is not known here (is there a network?)");
    } catch (IOException e) {
      throw TransferException.passing("it cannot be reached (" + e.getMessage() + ")");
    }
  }

  private static boolean startsAt(HttpURLConnection connection, long from) {
    @Nullable String range = connection.getHeaderField("Content-Range");
    return range != null && range.startsWith("bytes " + from + "-");
  }

  private void copy(HttpURLConnection connection, FileChannel file, long from)
      throws IOException, TransferException {
    byte[] buffer = new byte[1 << 16];
    long position = from;
    // Closed by disconnecting: closing it would read on to the announced end, and its failures
    // would look like the disk's.
    InputStream in = open(connection);
    while (position < total) {
      int most = (int) Math.min(buffer.length, total - position);
      int read = read(in, buffer, most, position);
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        position += file.write(bytes, position);
      }
      progress.at(position, total);
    }
  }

  private static InputStream open(HttpURLConnection connection) throws TransferException {
    try {
      return connection.getInputStream();
    } catch (IOException e) {
      throw TransferException.passing("the connection broke off (" + e.getMessage() + ")");
    }
  }

  private int read(InputStream in, byte[] buffer, int most, long position)
      throws TransferException {
    String why = "no more came";
    try {
      int read = in.read(buffer, 0, most);
      if (read > 0) {
        return read;
      }
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    }
    throw TransferException.passing(
        "the connection broke off at %s of %s bytes (%s)".formatted(position, total, why));
  }
}
