package dev.sieve.app.serve;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for the JDK's HTTP server, which gives one to each connection from the first byte of a
 * request to the last of its answer: many, since somebody who sends half a request, or does not
 * read the answer, keeps one; small, since they only wait. The server ends such connections after a
 * while, if it is told so before the first one of the process is made.
 */
final class PatientThreads {
  private static final int MOST = 1000;
  private static final int STACK_BYTES = 256 << 10;

  /** To send a request, which is a few hundred bytes. */
  private static final Duration REQUEST = Duration.ofSeconds(10);

  /** To answer and to take the answer: reading tables can take long on a busy machine. */
  private static final Duration ANSWER = Duration.ofMinutes(10);

  private PatientThreads() {}

  /** A pool, and the server's limits where the user has not set them. */
  static ExecutorService start() {
    limit("sun.net.httpserver.maxReqTime", REQUEST);
    limit("sun.net.httpserver.maxRspTime", ANSWER);
    return new ThreadPoolExecutor(
        0,
        MOST,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(null, work, "sieve-live", STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void limit(String property, Duration limit) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, String.valueOf(limit.toSeconds()));
    }
  }
}
