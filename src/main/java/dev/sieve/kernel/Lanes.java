package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vectors in use: the longest of the machine's. */
final class Lanes {
  /** Names another length in bits, for tests: the JDK emulates what the machine has not. */
  static final String PROPERTY = "sieve.kernel.bits";

  static final VectorSpecies<Float> SPECIES = species();

  private Lanes() {}

  private static VectorSpecies<Float> species() {
    Integer bits = Integer.getInteger(PROPERTY);
    return bits == null
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }
}
