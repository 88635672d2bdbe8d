package dev.sieve.spark.sql;

import dev.sieve.error.UserException;
import dev.sieve.spark.store.ResultsDir;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables and views into a session's catalog, or says why not. Thread-safe.
 *
 * <p>The statements run on a thread of their own: the catalog is asked in the middle of the
 * analysis of another statement, whose state Spark keeps by thread and resets with every new
 * analysis.
 */
public final class TableRegistrar {
  /** The two settings besides the jar. */
  public static final String CATALOG = "spark.sql.catalog.spark_catalog";

  /** Spark makes it by its name, which users' settings have too. */
  static final String CATALOG_CLASS = "dev.sieve.spark.SieveCatalog";

  private static final Logger LOG = LoggerFactory.getLogger(TableRegistrar.class);

  /** Sessions of one application share Spark's in-memory catalog. */
  private static final Object LOCK = new Object();

  /**
   * Seconds on a machine with nothing else to do: Spark's analyser is run for the first time, and
   * not compiled yet. Where all cores are taken it was more than two minutes, and a table of many
   * studies is listed by a Spark job, which waits for a free core.
   */
  private static final SideThread SIDE =
      new SideThread(Duration.ofMillis(500), Duration.ofMinutes(2));

  private static final ThreadLocal<Boolean> ADOPTING = ThreadLocal.withInitial(() -> false);

  private final Function<String, Existing> look;
  private String told = "";

  /**
   * @param look what the session catalog has under a name
   */
  public TableRegistrar(Function<String, Existing> look) {
    this.look = look;
  }

  /**
   * An entry of the session catalog.
   *
   * @param owner {@link TableStatements#owner}; empty where it is not ours
   */
  public record Existing(boolean present, String owner) {
    boolean foreign() {
      return present && owner.isEmpty();
    }
  }

  /**
   * Makes some of Sieve's names those of the session's setting {@value ResultsDir#SETTING}, if it
   * has one. Only what is asked for: making {@code leaderboard} known costs an analysis of its
   * query.
   */
  public void ensure(SparkSession session, List<String> names) {
    String setting = session.conf().get(ResultsDir.SETTING, "");
    if (ADOPTING.get() || setting.isBlank()) {
      return;
    }
    String dir = ResultsDir.resolve(setting);
    synchronized (LOCK) {
      List<String> statements = new ArrayList<>();
      List<String> others = new ArrayList<>();
      for (String name : TableStatements.withSources(names)) {
        Existing entry = look.apply(name);
        if (entry.foreign()) {
          others.add(name);
        } else if (!entry.owner().equals(TableStatements.owner(name, dir))) {
          if (entry.present()) {
            statements.add(TableStatements.drop(name));
          }
          statements.add(TableStatements.create(name, dir));
        }
      }
      if (!statements.isEmpty() && mayAdopt(session, dir, others)) {
        run(session, dir, statements);
      }
    }
  }

  private boolean mayAdopt(SparkSession session, String dir, List<String> others) {
    Predicate<String> first =
        reason -> {
          boolean news = !told.equals(reason);
          told = reason;
          return news;
        };
    if (!others.isEmpty()) {
      if (first.test("others " + others)) {
        LOG.warn(
            "Sieve's tables are not in this session: its catalog already has {} of another origin,"
                + " which Sieve leaves alone. Rename them, or use a session of its own.",
            others);
      }
      return false;
    }
    if (!session.conf().get("spark.sql.catalogImplementation", "in-memory").equals("in-memory")) {
      if (first.test("persistent")) {
        LOG.warn(
            "Sieve's tables are not in this session: Sieve changes no metastore. Set"
                + " spark.sql.catalogImplementation=in-memory, or run these statements once:\n{};",
            String.join(";\n", TableStatements.statements(dir)));
      }
      return false;
    }
    return true;
  }

  private static void run(SparkSession session, String dir, List<String> statements) {
    Throwable failure;
    try {
      failure =
          SIDE.run(
              "sieve-catalog",
              () -> {
                ADOPTING.set(true);
                statements.forEach(session::sql);
              });
    } catch (SideThread.LockedException e) {
      throw new IllegalStateException(
          "Sieve's tables could not be made known from %s: the query that asks for them holds a lock that making them takes (%s); ask for one of them by itself first, as SELECT 1 FROM trials does"
              .formatted(dir, e.getMessage()),
          e);
    }
    if (failure instanceof UserException known) {
      throw known;
    }
    if (failure != null) {
      throw new IllegalStateException("Sieve's tables could not be made from " + dir, failure);
    }
  }
}
