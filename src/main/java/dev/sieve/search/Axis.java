package dev.sieve.search;

/**
 * One dimension of the space.
 *
 * @param path full path of the setting: {@code training.lambda}
 * @param label as the file and messages name it: {@code lambda}, {@code eta}, {@code sigma}, or the
 *     path
 */
public record Axis(String path, String label, Domain domain) {}
