package dev.sieve.spark.live;

import dev.sieve.spark.sql.SieveSession;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The way of live figures from executors to the driver: Spark's own plugin messages, sent and
 * forgotten. Registered by {@link SieveSession} as one of {@code spark.plugins}; without it, as in
 * a session of the user's, studies run all the same and show finished groups only.
 */
public final class LivePlugin implements SparkPlugin {
  public static final String PLUGINS = "spark.plugins";

  /** Of this JVM, by the first part of a job's name. */
  private static final Map<String, Consumer<LiveGroup>> RECEIVERS = new ConcurrentHashMap<>();

  private static volatile @Nullable PluginContext channel;

  /** The same for what a user should know of. */
  private static final Map<String, Consumer<String>> WARNED = new ConcurrentHashMap<>();

  /** Before a job's name and a line for the user, where it is no figure. */
  private static final String WARNING = "warning\t";

  /** Hears of groups whose job's name begins with the prefix and a dash. */
  public static void receive(String prefix, Consumer<LiveGroup> receiver) {
    RECEIVERS.put(prefix, receiver);
  }

  /** And of lines for the user. */
  public static void receive(String prefix, Consumer<LiveGroup> receiver, Consumer<String> warned) {
    receive(prefix, receiver);
    WARNED.put(prefix, warned);
  }

  public static void forget(String prefix) {
    RECEIVERS.remove(prefix);
    WARNED.remove(prefix);
  }

  /**
   * Sends from an executor; returns at once.
   *
   * @return whether there is a channel that took it
   */
  public static boolean send(LiveGroup group) {
    return send(group.text());
  }

  /**
   * Tells the driver's user something.
   *
   * @return whether there is a channel that took it
   */
  public static boolean warn(String job, String line) {
    return send(WARNING + job + "\t" + line);
  }

  private static boolean send(String message) {
    PluginContext context = channel;
    if (context == null) {
      return false;
    }
    try {
      context.send(message);
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  private static void deliver(String message) {
    if (message.startsWith(WARNING)) {
      String[] words = message.split("\t", 3);
      tell(WARNED, words[1], words[2]);
    } else {
      LiveGroup group = LiveGroup.of(message);
      tell(RECEIVERS, group.job(), group);
    }
  }

  private static <T> void tell(Map<String, Consumer<T>> receivers, String job, T message) {
    int dash = job.lastIndexOf('-');
    Consumer<T> receiver = receivers.get(dash < 0 ? job : job.substring(0, dash));
    if (receiver != null) {
      receiver.accept(message);
    }
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public @Nullable Object receive(Object message) {
        if (message instanceof String text) {
          deliver(text);
        }
        return null;
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extraConf) {
        channel = context;
      }

      @Override
      public void shutdown() {
        channel = null;
      }
    };
  }
}
