package dev.sieve.spark;

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
  static final String PLUGINS = "spark.plugins";

  /** Of this JVM, by the first part of a job's name. */
  private static final Map<String, Consumer<LiveGroup>> RECEIVERS = new ConcurrentHashMap<>();

  private static volatile @Nullable PluginContext channel;

  /** Hears of groups whose job's name begins with the prefix and a dash. */
  static void receive(String prefix, Consumer<LiveGroup> receiver) {
    RECEIVERS.put(prefix, receiver);
  }

  static void forget(String prefix) {
    RECEIVERS.remove(prefix);
  }

  /**
   * Sends from an executor; returns at once.
   *
   * @return whether there is a channel that took it
   */
  static boolean send(LiveGroup group) {
    PluginContext context = channel;
    if (context == null) {
      return false;
    }
    try {
      context.send(group.text());
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  private static void deliver(LiveGroup group) {
    int dash = group.job().lastIndexOf('-');
    Consumer<LiveGroup> receiver =
        RECEIVERS.get(dash < 0 ? group.job() : group.job().substring(0, dash));
    if (receiver != null) {
      receiver.accept(group);
    }
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public @Nullable Object receive(Object message) {
        if (message instanceof String text) {
          deliver(LiveGroup.of(text));
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
