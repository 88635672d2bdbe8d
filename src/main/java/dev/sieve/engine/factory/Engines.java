package dev.sieve.engine.factory;

import dev.sieve.engine.Engine;
import dev.sieve.engine.reference.ReferenceEngine;
import dev.sieve.engine.vector.VectorEngine;

/** The engines by the name that a configuration gives them. */
public final class Engines {
  private Engines() {}

  /** {@code engine.type}: {@code vector} or {@code reference}. */
  public static Engine byType(String type) {
    return switch (type) {
      case "vector" -> new VectorEngine();
      case "reference" -> new ReferenceEngine();
      default ->
          throw new IllegalArgumentException(
              "engine.type must be one of vector, reference, but got '%s'".formatted(type));
    };
  }
}
