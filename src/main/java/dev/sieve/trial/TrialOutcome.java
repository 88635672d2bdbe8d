package dev.sieve.trial;

import java.io.Serializable;

/** A trial, what it came to, and where it ran. */
public record TrialOutcome(Trial trial, TrialResult result, RunInfo run) implements Serializable {}
