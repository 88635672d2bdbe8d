/**
 * What a network is: its shape ({@link dev.sieve.network.NetworkSpec}), where batch norm stands,
 * how it starts, and its parameters as EJML matrices ({@link dev.sieve.network.Parameters}). Driver
 * and executor side; knows nothing of training or search.
 */
@NullMarked
package dev.sieve.network;

import org.jspecify.annotations.NullMarked;
