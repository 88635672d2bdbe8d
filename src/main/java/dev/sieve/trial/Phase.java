package dev.sieve.trial;

/** A study's phases, in order. */
public enum Phase {
  COARSE("coarse"),
  FINE("fine"),
  FINAL("final");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** As files, tables and messages write it: {@code coarse}, {@code fine}, {@code final}. */
  public String label() {
    return label;
  }

  public static Phase of(String label) {
    for (Phase phase : values()) {
      if (phase.label.equals(label)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("a phase is coarse, fine or final, but got '" + label + "'");
  }
}
