/**
 * What a study's file asks for, as records: phases, rungs, budget, how settings are resolved. Entry
 * point: {@link dev.sieve.search.definition.StudyDefinition}. Uses {@code space} and {@code
 * sampler}.
 */
@NullMarked
package dev.sieve.search.definition;

import org.jspecify.annotations.NullMarked;
