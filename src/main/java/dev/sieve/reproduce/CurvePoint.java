package dev.sieve.reproduce;

import java.util.Map;

/**
 * A row of the table {@code epochs}.
 *
 * @param figures by column, NULL ones left out; {@code eta} among them
 */
public record CurvePoint(
    String study,
    String phase,
    String configuration,
    int replicate,
    int epoch,
    long step,
    Map<String, Double> figures) {}
