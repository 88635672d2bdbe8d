package dev.sieve.random;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import org.junit.Test;

/** A JUnit 4 test, run by the vintage engine: a seed is a function of its identity alone. */
public class JUnit4Test {
  @Test
  public void seedsFollowFromTheirIdentity() {
    Seed seed = Seed.of(1, "weights").replicate(2).layer(3);
    assertEquals(seed.value(), Seed.of(1, "weights").layer(3).replicate(2).value());
    assertNotEquals(seed.value(), seed.replicate(3).value());
    assertNotEquals(seed.value(), seed.epoch(0).value());
  }
}
