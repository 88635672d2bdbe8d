package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.AxisPoints;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * A Sobol sequence over each box, with the direction numbers of Joe & Kuo (2008), scrambled by
 * Owen's nested uniform permutation (Owen, Randomly Permuted (t,m,s)-Nets, 1995): as evenly spread
 * as the plain sequence, without its fixed first points, and another one for each seed. Each box
 * has a sequence of its own.
 */
public final class SobolSampler implements FixedSampler {
  @Override
  public List<Configuration> configurations(List<Space> boxes, int count, Draws draws) {
    List<Scrambled> sequences = new ArrayList<>();
    for (Space box : boxes) {
      sequences.add(new Scrambled(box.axes(), draws));
    }
    return new RoundRobin(boxes, box -> sequences.get(box).next(), draws).take(count);
  }

  /** One box's sequence. */
  private static final class Scrambled {
    /** Bits of a coordinate that the generator fills. */
    private static final int BITS = 52;

    private final List<Axis> axes;
    private final long[] seeds;
    private final SobolSequenceGenerator sequence;

    Scrambled(List<Axis> axes, Draws draws) {
      this.axes = axes;
      this.seeds = new long[axes.size()];
      for (int axis = 0; axis < seeds.length; axis++) {
        seeds[axis] = draws.nextLong();
      }
      // A space without axes has one point; the generator wants a dimension.
      this.sequence = new SobolSequenceGenerator(Math.max(1, axes.size()));
    }

    SortedMap<String, AxisValue> next() {
      double[] point = sequence.nextVector();
      SortedMap<String, AxisValue> values = new TreeMap<>();
      for (int i = 0; i < seeds.length; i++) {
        double u = scramble((long) (point[i] * 0x1p52), seeds[i]) * 0x1p-52;
        values.put(axes.get(i).path(), AxisPoints.at(axes.get(i).domain(), u));
      }
      return values;
    }

    /** Flips each bit or not, by a hash of the bits above it. */
    private static long scramble(long x, long seed) {
      long flips = 0;
      for (int bit = BITS - 1; bit >= 0; bit--) {
        long above = (x >>> (bit + 1)) | (1L << (BITS - 1 - bit)); // the leading 1 marks the depth
        flips |= (mix(seed ^ mix(above)) & 1) << bit;
      }
      return x ^ flips;
    }

    /** The finaliser of SplitMix64 (Stafford's variant 13). */
    private static long mix(long z) {
      long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
      return x ^ (x >>> 31);
    }
  }
}
