package dev.sieve.engine.vector;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.kernel.Arena;
import dev.sieve.kernel.Blocks;
import dev.sieve.kernel.Kernels;

/** Pixels of a batch as all networks of a session see them, decoded once. */
final class Inputs {
  private final Kernels kernels;
  private final float[] mean;
  private final float[] scale;

  /** X, {@code count} rows of it. */
  private Blocks x;

  private int[] labels;
  private int[] offsets;

  Inputs(Kernels kernels, Standardiser standardiser, int rows) {
    this.kernels = kernels;
    this.mean = floats(standardiser.mean());
    this.scale = floats(standardiser.scale());
    this.x = aligned(Blocks.count(mean.length), rows);
    this.labels = new int[rows];
    this.offsets = new int[rows];
  }

  private static Blocks aligned(int blocks, int rows) {
    Arena arena = new Arena();
    Blocks x = new Blocks(arena, blocks, rows);
    arena.allocate();
    return x;
  }

  private static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  void grow(int rows) {
    x = aligned(x.blocks(), rows);
    labels = new int[rows];
    offsets = new int[rows];
  }

  /** Decodes images {@code from … from + count} of a batch. */
  void decode(Batch batch, int from, int count) {
    int d = batch.images().pixelsPerImage();
    if (d != mean.length) {
      throw new IllegalArgumentException(
          "a batch's pixels per image must be the standardiser's inputs, but got %s and %s"
              .formatted(d, mean.length));
    }
    for (int i = 0; i < count; i++) {
      offsets[i] = batch.image(from + i) * d;
      labels[i] = batch.label(from + i);
    }
    kernels.decode(batch.images().pixels(), offsets, mean, scale, x, count);
  }

  Blocks x() {
    return x;
  }

  /** Labels of the images decoded last. */
  int[] labels() {
    return labels;
  }
}
