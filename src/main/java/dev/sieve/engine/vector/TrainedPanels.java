package dev.sieve.engine.vector;

import dev.sieve.kernel.Arena;
import dev.sieve.kernel.Panels;

/** Weights and the state of the rule that updates them. */
record TrainedPanels(Panels value, Panels[] state) {
  static TrainedPanels of(Arena arena, int inputs, int columns, int states) {
    Panels[] state = new Panels[states];
    for (int i = 0; i < states; i++) {
      state[i] = new Panels(arena, inputs, columns);
    }
    return new TrainedPanels(new Panels(arena, inputs, columns), state);
  }

  /** The value for 0, else state {@code plane} − 1. */
  Panels plane(int plane) {
    return plane == 0 ? value : state[plane - 1];
  }
}
