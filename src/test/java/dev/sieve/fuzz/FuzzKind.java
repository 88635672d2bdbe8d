package dev.sieve.fuzz;

import java.util.Arrays;
import java.util.Locale;

/** What is fuzzed, and each kind's share of all inputs. */
public enum FuzzKind {
  CONFIGURATION(2_000),
  CHECKPOINT(1_000),
  ARCHIVE(700),
  ARCHIVE_FILE(300),
  SQL(600),
  RESULT_FILE(400),
  IDX(400),
  IMAGE_FILE(200);

  /** Inputs of all kinds together, unless {@code -Dsieve.fuzz} asks for another number. */
  static final int ALL = Arrays.stream(values()).mapToInt(kind -> kind.share).sum();

  private final int share;

  FuzzKind(int share) {
    this.share = share;
  }

  /** Inputs of this kind in this run. */
  int inputs() {
    return inputs(Integer.getInteger("sieve.fuzz", ALL));
  }

  /** Inputs of this kind of so many; all kinds together have that many. */
  int inputs(int all) {
    int before = Arrays.stream(values()).limit(ordinal()).mapToInt(kind -> kind.share).sum();
    return Math.toIntExact((long) all * (before + share) / ALL - (long) all * before / ALL);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
