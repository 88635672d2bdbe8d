package dev.sieve.engine;

import dev.sieve.engine.reference.ReferenceEngine;
import java.util.List;

/** The engines by the name that a configuration gives them. */
public final class Engines {
  private static final List<Engine> ALL = List.of(new ReferenceEngine());

  private Engines() {}

  /** {@code engine.type}: {@code reference}. */
  public static Engine byType(String type) {
    for (Engine engine : ALL) {
      if (engine.type().equals(type)) {
        return engine;
      }
    }
    throw new IllegalArgumentException(
        "engine.type must be one of %s, but got '%s'"
            .formatted(String.join(", ", ALL.stream().map(Engine::type).toList()), type));
  }
}
