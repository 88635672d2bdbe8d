package dev.sieve.app;

public final class Sieve {
  private Sieve() {}

  public static void main(String[] a) {}
}
