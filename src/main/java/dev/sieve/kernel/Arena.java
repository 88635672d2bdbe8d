package dev.sieve.kernel;

/**
 * One array for many {@link Blocks} and {@link Panels}, so that their rows lie on cache lines. The
 * JVM puts arrays at any multiple of 8 bytes, but one that takes regions of its own at the start of
 * a region, where its collector has regions ({@link Jvm}); vectors that straddle lines cost
 * training a quarter to a third of its speed. First everything is made, which counts what it takes;
 * then {@link #allocate} makes the array.
 */
public final class Arena {
  /** Floats of the smallest array. */
  private static final int SMALLEST = Jvm.largeFloats();

  private static final int LINE = 16;

  /** With the array's header of 16 bytes, one line. */
  private static final int LEAD = 12;

  private static final float[] NONE = new float[0];

  private int size = LEAD;
  private float[] data = NONE;

  /** Room for {@code floats}, from the start of a line; what is large has an array of its own. */
  Slice reserve(int floats) {
    if (data != NONE) {
      throw new IllegalStateException("everything in an arena is made before it is allocated");
    }
    if (floats >= SMALLEST) {
      return alone(floats);
    }
    int at = size;
    size = Math.addExact(size, (floats + LINE - 1) / LINE * LINE);
    return new Slice(this, at);
  }

  /** Room for {@code floats} in an array of their own. */
  static Slice alone(int floats) {
    Arena arena = new Arena();
    arena.data = new float[Math.addExact(LEAD, floats)];
    return new Slice(arena, LEAD);
  }

  /** Makes the array, all zero. */
  public void allocate() {
    if (data != NONE) {
      throw new IllegalStateException("an arena is allocated once");
    }
    // Nothing to be shared: all that was reserved is large.
    data = size == LEAD ? new float[LEAD] : new float[Math.max(size, SMALLEST)];
  }

  /**
   * A part of an arena.
   *
   * @param at its first float
   */
  record Slice(Arena arena, int at) {
    float[] data() {
      return arena.data;
    }
  }
}
