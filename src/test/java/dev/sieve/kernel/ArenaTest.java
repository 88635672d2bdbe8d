package dev.sieve.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ArenaTest {
  @Test
  void whatIsMadeInOneArenaSharesItsArrayFromLineToLine() {
    Arena arena = new Arena();
    Panels first = new Panels(arena, 17, 50);
    Blocks second = new Blocks(arena, 3, 5);
    arena.allocate();

    assertThat(second.data()).isSameAs(first.data());
    // The array's header is 16 bytes, a line 64.
    assertThat((16 + 4 * first.at(0, 0)) % 64).isZero();
    assertThat((16 + 4 * second.at(0)) % 64).isZero();
    first.set(31, 63, 1);
    second.set(4, 47, 2);
    assertThat(first.get(31, 63)).isEqualTo(1);
    assertThat(second.get(4, 47)).isEqualTo(2);
  }

  @Test
  void whatIsLargeHasAnArrayOfItsOwn() {
    Arena arena = new Arena();
    Panels large = new Panels(arena, 3072, 400);
    Panels small = new Panels(arena, 16, 16);
    arena.allocate();

    assertThat(small.data().length).isGreaterThanOrEqualTo(Jvm.largeFloats());
    assertThat(large.data()).isNotSameAs(small.data());
    assertThat((16 + 4 * large.at(0, 0)) % 64).isZero();
  }

  @Test
  void anArenaIsAllocatedOnceAndLast() {
    Arena arena = new Arena();
    arena.allocate();

    assertThatThrownBy(arena::allocate).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Blocks(arena, 1, 1)).isInstanceOf(IllegalStateException.class);
  }
}
