package dev.sieve.engine.vector;

/** A parameter with one value a column, its gradient, and the state of the rule that updates it. */
record TrainedColumns(float[] value, float[] gradient, float[][] state) {
  static TrainedColumns of(int columns, int states) {
    return new TrainedColumns(new float[columns], new float[columns], new float[states][columns]);
  }

  /** The value for 0, else state {@code plane} − 1. */
  float[] plane(int plane) {
    return plane == 0 ? value : state[plane - 1];
  }
}
