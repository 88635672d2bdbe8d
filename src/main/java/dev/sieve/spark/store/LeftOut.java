package dev.sieve.spark.store;

import dev.sieve.spark.table.EpochTable;
import dev.sieve.spark.table.StudyTable;
import dev.sieve.spark.table.Table;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the results that is not read.
 *
 * @param path the file
 * @param study whose rows it would have; empty where its place does not say
 * @param reason why, as the end of a sentence that begins with "it"
 * @param rows whether it could have had rows: its name and place are those of a table's file
 */
public record LeftOut(String path, String study, String reason, boolean rows) {
  /** How the reason begins where the storage did not give the file. */
  static final String UNREADABLE = "it cannot be read";

  private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

  /** A statement resolves its tables several times: it is told once. */
  private static final long ONCE_NANOS = 1_000_000_000L;

  private static final Object LOCK = new Object();
  private static final Map<LeftOut, Long> LOGGED = new LinkedHashMap<>();

  @SuppressWarnings("NonFinalStaticField") // one process, one place that tells
  private static Consumer<LeftOut> taker = LeftOut::log;

  /** For people: the file, what is wrong, and the way out. */
  public String text() {
    if (!rows) {
      return "%s is no file of a table: %s. It is not read. Move it out of the results, or remove it"
          .formatted(path, reason);
    }
    return reason.startsWith(UNREADABLE)
        ? "%s is not read: %s. None of its rows is counted. Make it readable, and ask again"
            .formatted(path, reason)
        : "%s is damaged: %s. None of its rows is counted. %s".formatted(path, reason, wayOut());
  }

  /** What comes again, and what does not. */
  private String wayOut() {
    if (isOf(EpochTable.TABLE)) {
      return "The learning curves in it are lost; their trials have results, and are not trained again. Move the file out of the results, or remove it";
    }
    String again =
        isOf(StudyTable.TABLE)
            ? "writes once more what it said of a phase"
            : "trains the trials that are missing";
    return "Run the study's command again, which %s; then move the file out of the results, or remove it"
        .formatted(again);
  }

  /** By its place, {@code TABLE/STUDY/FILE}. */
  private boolean isOf(Table<?> table) {
    String[] names = path.split("/");
    return names.length > 2 && names[names.length - 3].equals(table.name());
  }

  /**
   * From here on files that are left out are given to {@code taker}, each once, and not to the log;
   * until the answer is closed.
   */
  public static Listening to(Consumer<LeftOut> taker) {
    Set<LeftOut> given = new HashSet<>();
    synchronized (LOCK) {
      Consumer<LeftOut> before = LeftOut.taker;
      LeftOut.taker =
          found -> {
            if (given.add(found)) {
              taker.accept(found);
            }
          };
      return () -> {
        synchronized (LOCK) {
          LeftOut.taker = before;
        }
      };
    }
  }

  /** See {@link #to}. */
  @FunctionalInterface
  public interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  static void tell(List<LeftOut> found) {
    synchronized (LOCK) {
      found.forEach(taker);
    }
  }

  private static void log(LeftOut found) {
    long now = System.nanoTime();
    Long last = LOGGED.put(found, now);
    if (last == null || now - last > ONCE_NANOS) {
      LOG.warn("{}", found.text());
    }
  }
}
