package dev.sieve.engine;

/** The engines by the name that a configuration gives them. */
public final class Engines {
  private Engines() {}

  /** {@code engine.type}: {@code reference}. */
  public static Engine byType(String type) {
    throw new UnsupportedOperationException(type);
  }
}
