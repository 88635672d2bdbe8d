package dev.sieve.spark.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Lines that a user should see, each once. Thread-safe. */
final class Notes implements Consumer<String> {
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Queue<String> waiting = new ConcurrentLinkedQueue<>();

  @Override
  public void accept(String line) {
    if (known.add(line)) {
      waiting.add(line);
    }
  }

  /** Those that came since it was asked last. */
  List<String> taken() {
    List<String> lines = new ArrayList<>();
    for (String line = waiting.poll(); line != null; line = waiting.poll()) {
      lines.add(line);
    }
    return lines;
  }
}
