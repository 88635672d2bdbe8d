package dev.sieve.spark.table;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a stored table.
 *
 * @param comment what {@code DESCRIBE} says of it
 * @param value what a row stores in it; null for NULL
 */
public record Column<R>(
    String name, ColumnType type, String comment, Function<R, @Nullable Object> value) {}
