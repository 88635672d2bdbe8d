package dev.sieve.data;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The split and the standardiser, once per JVM: executors run many groups of one selection, and
 * fitting the standardiser reads every training image. Thread-safe.
 */
public final class PreparedDataCache {
  /** A study's phases may differ in their selection; older ones are not asked for again. */
  private static final int KEPT = 4;

  private static final Map<Key, PreparedData> ENTRIES =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PreparedData> eldest) {
          return size() > KEPT;
        }
      };

  private PreparedDataCache() {}

  /** Under one lock: tasks that start together need the same entry, and wait for the first. */
  public static PreparedData get(DataSet data, DataSelection selection, long seed) {
    synchronized (ENTRIES) {
      return ENTRIES.computeIfAbsent(
          new Key(data.fingerprint(), selection, seed), key -> data.prepare(selection, seed));
    }
  }

  /** Lets go of the images. */
  public static void clear() {
    synchronized (ENTRIES) {
      ENTRIES.clear();
    }
  }

  private record Key(String fingerprint, DataSelection selection, long seed) {}
}
