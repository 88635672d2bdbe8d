package dev.sieve.spark.task;

import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.SparkContext;
import org.slf4j.LoggerFactory;

/**
 * Executors of Spark's own cluster manager that ended, those that never registered too. No listener
 * hears of the latter: Spark logs them and starts the next, as often as you like. (YARN and
 * Kubernetes give an application up by themselves.) What is logged as before goes where it went.
 */
final class LoggedDeaths extends AbstractAppender implements AutoCloseable {
  private static final String LOGGER =
      "org.apache.spark.scheduler.cluster.StandaloneSchedulerBackend";
  private static final Pattern REMOVED =
      Pattern.compile("Executor \\S+/(\\d+) removed: (.*)", Pattern.DOTALL);

  private final LoggerContext logging;
  private final LoggerConfig before;
  private final BiConsumer<String, String> died;

  private LoggedDeaths(LoggerContext logging, BiConsumer<String, String> died) {
    super("executors of " + LOGGER, null, null, true, Property.EMPTY_ARRAY);
    this.logging = logging;
    this.before = logging.getConfiguration().getLoggerConfig(LOGGER);
    this.died = died;
  }

  /**
   * Hears them until it is closed; nothing where logs are not Log4j's, as Spark's are.
   *
   * @param died takes an executor's id and why it ended
   */
  static AutoCloseable hear(BiConsumer<String, String> died) {
    try {
      LoggerContext logging =
          (LoggerContext) LogManager.getContext(SparkContext.class.getClassLoader(), false);
      LoggedDeaths appender = new LoggedDeaths(logging, died);
      appender.start();
      LoggerConfig own = new LoggerConfig(LOGGER, Level.INFO, false);
      own.addAppender(appender, Level.INFO, null);
      Configuration configuration = logging.getConfiguration();
      configuration.removeLogger(LOGGER);
      configuration.addLogger(LOGGER, own);
      logging.updateLoggers();
      return appender;
    } catch (LinkageError | ClassCastException e) {
      LoggerFactory.getLogger(LoggedDeaths.class)
          .info("executors that end before they register are not counted: {}", e.toString());
      return () -> {};
    }
  }

  @Override
  public void append(LogEvent event) {
    Matcher removed = REMOVED.matcher(event.getMessage().getFormattedMessage());
    if (removed.matches()) {
      died.accept(removed.group(1), removed.group(2));
    }
    if (event.getLevel().isMoreSpecificThan(before.getLevel())) {
      before.log(event);
    }
  }

  @Override
  public void close() {
    Configuration configuration = logging.getConfiguration();
    configuration.removeLogger(LOGGER);
    if (before.getName().equals(LOGGER)) {
      configuration.addLogger(LOGGER, before);
    }
    logging.updateLoggers();
    stop();
  }
}
