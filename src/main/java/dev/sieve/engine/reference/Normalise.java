package dev.sieve.engine.reference;

/** Which statistics batch norm normalises with. */
enum Normalise {
  /** The batch's own: training, gradients, PreciseBN. */
  BY_BATCH,
  /** The evaluation statistics. */
  BY_STATISTICS
}
