package dev.sieve.network;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * One layer's parameters, fan-in d, fan-out m. The matrices belong to whoever holds the record.
 *
 * @param weights W, d×m
 * @param biases b, 1×m
 * @param gamma γ, 1×m; null without batch norm or where it is not affine
 * @param beta β, 1×m; null likewise
 * @param mean μ that evaluation normalises with, 1×m; null without batch norm. In a gradient: null.
 * @param variance v that evaluation normalises with, 1×m; null likewise
 */
public record LayerParameters(
    DMatrixRMaj weights,
    DMatrixRMaj biases,
    @Nullable DMatrixRMaj gamma,
    @Nullable DMatrixRMaj beta,
    @Nullable DMatrixRMaj mean,
    @Nullable DMatrixRMaj variance)
    implements Serializable {}
