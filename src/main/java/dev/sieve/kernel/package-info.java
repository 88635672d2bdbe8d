/**
 * The arithmetic of training in single precision: register-blocked kernels on the JDK's vector API
 * and their scalar twins, which give the same bits. Entry point: {@link dev.sieve.kernel.Kernels};
 * data: {@link dev.sieve.kernel.Blocks} and {@link dev.sieve.kernel.Panels}. The only user of
 * {@code jdk.incubator.vector}; knows no other package. Executor side.
 */
@NullMarked
package dev.sieve.kernel;

import org.jspecify.annotations.NullMarked;
