package dev.sieve.engine.vector;

import org.jspecify.annotations.Nullable;

/**
 * One layer of one network apart from its group: planes of floats in row-major order, the first
 * plane the parameter, the others the state of its update rule.
 *
 * @param weights d·m values a plane
 * @param biases m values a plane
 * @param gamma null where the network has no batch norm behind this layer; likewise the others
 */
record LayerState(
    float[][] weights,
    float[][] biases,
    float @Nullable [][] gamma,
    float @Nullable [][] beta,
    float @Nullable [] mean,
    float @Nullable [] variance) {}
