/** CIFAR-10: where it is found, its archive and files, its download. Uses {@code data}. */
@NullMarked
package dev.sieve.data.cifar;

import org.jspecify.annotations.NullMarked;
