package dev.sieve.engine.vector;

import dev.sieve.data.Examples;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.LabelledRows;
import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.kernel.Arena;
import dev.sieve.kernel.Blocks;
import dev.sieve.kernel.Kernels;

/** A batch as all networks of a session see them, decoded once. */
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

  /** Decodes examples {@code from … from + count} of a batch. */
  void decode(Batch batch, int from, int count) {
    Examples examples = batch.examples();
    int d = examples.inputs();
    if (d != mean.length) {
      throw new IllegalArgumentException(
          "the numbers of a batch's example must be the standardiser's inputs, but got %s and %s"
              .formatted(d, mean.length));
    }
    for (int i = 0; i < count; i++) {
      offsets[i] = batch.example(from + i) * d;
      labels[i] = batch.label(from + i);
    }
    if (examples instanceof LabelledImages images) {
      kernels.decode(images.pixels(), offsets, mean, scale, x, count);
    } else {
      kernels.decode(((LabelledRows) examples).values(), offsets, mean, scale, x, count);
    }
  }

  Blocks x() {
    return x;
  }

  /** Labels of the examples decoded last. */
  int[] labels() {
    return labels;
  }
}
