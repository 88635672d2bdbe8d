package dev.sieve.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of this JVM decides how fast the kernels are: its collector and its compiler. */
public final class Jvm {
  /** Flags {@code Use…GC}, those that begin a large array on a cache line first. */
  private static final List<String> ALIGNING = List.of("G1", "Z", "Shenandoah");

  private static final List<String> OTHERS = List.of("Serial", "Parallel", "Epsilon");

  private static final String UNKNOWN = "unknown";

  private Jvm() {}

  /** The collector as the JVM's flag {@code Use…GC} names it. A column of every result. */
  public static String collector() {
    for (List<String> names : List.of(ALIGNING, OTHERS)) {
      for (String name : names) {
        if ("true".equals(option("Use" + name + "GC"))) {
          return name;
        }
      }
    }
    return UNKNOWN;
  }

  /** The best compiler in use, or {@code none}. A column of every result. */
  public static String compiler() {
    if (System.getProperty("java.vm.info", "").startsWith("interpreted")) {
      return "none";
    }
    if ("true".equals(option("UseJVMCICompiler"))) {
      return "JVMCI";
    }
    String tier = option("TieredStopAtLevel");
    if (tier == null) {
      return UNKNOWN;
    }
    return Integer.parseInt(tier) < 4 && !"false".equals(option("TieredCompilation")) ? "C1" : "C2";
  }

  /** Whether an array of {@link #largeFloats} or more begins on a cache line, behind its header. */
  static boolean aligns() {
    return ALIGNING.contains(collector());
  }

  /**
   * Floats of an array that has regions of the heap to itself: half a region of G1 or more. At
   * least 4 MiB, which is enough where nothing is known of regions.
   */
  static int largeFloats() {
    String bytes = option("G1HeapRegionSize");
    long half = bytes == null ? 0 : Long.parseLong(bytes) / 2;
    return (int) Math.max(1 << 20, half / Float.BYTES);
  }

  /** A flag of HotSpot, null where there is none of that name. */
  private static @Nullable String option(String name) {
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean == null) {
      return null;
    }
    try {
      return bean.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
