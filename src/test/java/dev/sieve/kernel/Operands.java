package dev.sieve.kernel;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Operands for the kernels' tests, from a seed. */
final class Operands {
  static final int[] SIZES = {1, 2, 7, 8, 15, 16, 17, 31, 63, 100, 103, 207, 1000, 3072};

  private final Random random;

  Operands(long seed) {
    this.random = new Random(seed);
  }

  /** Both implementations at every size. */
  static Stream<Arguments> kernelsAndSizes() {
    return Stream.of(Kernels.scalar(), Kernels.best())
        .flatMap(k -> IntStream.of(SIZES).mapToObj(size -> Arguments.of(k.name(), k, size)));
  }

  float next() {
    return (float) random.nextGaussian();
  }

  float[] vector(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = next();
    }
    return values;
  }

  /** n rows of {@code columns}, unused lanes zero, everything past n rows NaN. */
  Blocks blocks(int n, int columns) {
    return blocks(n, columns, 0);
  }

  /** The same behind {@code before} blocks of NaN. */
  Blocks blocks(int n, int columns, int before) {
    Blocks blocks = new Blocks(before + Blocks.count(columns), n + 3);
    for (int row = 0; row < blocks.rows(); row++) {
      for (int j = 0; j < 16 * blocks.blocks(); j++) {
        boolean used = row < n && j >= 16 * before && j < 16 * before + columns;
        boolean ruined = row >= n || j < 16 * before;
        blocks.set(row, j, used ? next() : ruined ? Float.NaN : 0);
      }
    }
    return blocks;
  }

  Panels panels(int inputs, int columns) {
    Panels panels = new Panels(inputs, columns);
    for (int k = 0; k < inputs; k++) {
      for (int j = 0; j < columns; j++) {
        panels.set(k, j, next());
      }
    }
    return panels;
  }

  ColumnRates rates(int columns) {
    ColumnRates rates = new ColumnRates(16 * Blocks.count(columns));
    for (int j = 0; j < columns; j++) {
      rates.rate()[j] = random.nextFloat();
      rates.penalty()[j] = random.nextFloat();
    }
    return rates;
  }

  BatchNormColumns norm(int columns) {
    int padded = 16 * Blocks.count(columns);
    return new BatchNormColumns(
        vector(padded),
        vector(padded),
        vector(padded),
        vector(padded),
        vector(padded),
        vector(padded));
  }
}
