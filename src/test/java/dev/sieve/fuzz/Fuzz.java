package dev.sieve.fuzz;

import dev.sieve.error.UserException;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Reads inputs that are made from good ones by a seeded generator. Each must be taken or refused as
 * a user's error, within a second of processor time and 100 MB of what the thread asks for.
 *
 * <p>{@code -Dsieve.fuzz=N} asks for N inputs over all kinds instead of 5,600, {@code
 * -Dtests.seed=} for others; a failure names its own input by kind, number and seed.
 */
public final class Fuzz {
  private static final long NANOS = 1_000_000_000L;
  private static final long BYTES = 100_000_000L;
  private static final int WARM_UP = 20;

  private final FuzzKind kind;
  private final List<Class<? extends Exception>> refusals;
  private int refused;

  /** Something that reads an input, and may refuse it. */
  @FunctionalInterface
  public interface Reader<T> {
    void read(T input) throws Exception;
  }

  /**
   * @param refusals what besides a {@link UserException} says that an input is refused
   */
  public Fuzz(FuzzKind kind, List<Class<? extends Exception>> refusals) {
    this.kind = kind;
    this.refusals = refusals;
  }

  /**
   * Fails with the first input that is neither taken nor refused, or costs too much.
   *
   * @return which share was refused
   */
  public <T> double run(Function<SplittableRandom, T> maker, Reader<T> reader) {
    int inputs = kind.inputs();
    long seed = Long.getLong("tests.seed", 1);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = -WARM_UP; i < inputs; i++) {
      T input = maker.apply(new SplittableRandom(seed * 1_000_003 + i));
      long nanos = threads.getCurrentThreadCpuTime();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      Throwable trouble = trouble(reader, input);
      bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
      nanos = threads.getCurrentThreadCpuTime() - nanos;
      // The first ones load classes.
      boolean dear = i >= 0 && (nanos > NANOS || bytes > BYTES);
      if (trouble != null || dear) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "%s, input %s of -Dtests.seed=%s (%.2f s, %.1f MB): %s",
                kind,
                i,
                seed,
                nanos / 1e9,
                bytes / 1e6,
                shown(input)),
            trouble);
      }
    }
    return (double) refused / (inputs + WARM_UP);
  }

  private <T> Throwable trouble(Reader<T> reader, T input) {
    try {
      reader.read(input);
      return null;
    } catch (Exception | Error e) {
      boolean asAUser = e instanceof UserException;
      boolean said = e.getMessage() != null && !e.getMessage().isBlank();
      if (said && (asAUser || refusals.stream().anyMatch(type -> type.isInstance(e)))) {
        refused++;
        return null;
      }
      return e;
    }
  }

  private static String shown(Object input) {
    return input instanceof byte[] bytes ? shown(bytes) : input.toString();
  }

  /** How long an input of bytes is, and how it begins. */
  public static String shown(byte[] bytes) {
    return bytes.length
        + " bytes, first "
        + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 200));
  }
}
