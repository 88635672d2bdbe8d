package dev.sieve.engine.vector;

import dev.sieve.kernel.Blocks;

/**
 * Where the columns of a layer lie, {@code width} of each of {@code networks} networks. Separate:
 * each network begins a block. Packed: each network has its full blocks, and what is left of
 * several of them shares a block, so that 8 × 50 columns take 25 blocks instead of 32. The product
 * of the first layer, where all networks have the same input, is over packed columns; all else
 * wants a network's columns together.
 */
final class ColumnLayout {
  private final int networks;
  private final int width;
  private final int own;
  private final int full;
  private final int rest;

  /** Networks whose rest shares a block; 1 where columns are separate. */
  private final int sharers;

  private ColumnLayout(int networks, int width, int sharers) {
    this.networks = networks;
    this.width = width;
    this.own = Blocks.count(width);
    this.full = width / Blocks.WIDTH;
    this.rest = width % Blocks.WIDTH;
    this.sharers = sharers;
  }

  static ColumnLayout separate(int networks, int width) {
    return new ColumnLayout(networks, width, 1);
  }

  static ColumnLayout packed(int networks, int width) {
    int rest = width % Blocks.WIDTH;
    int fitting = rest == 0 ? 1 : Blocks.WIDTH / rest;
    return new ColumnLayout(networks, width, Math.min(fitting, networks));
  }

  int networks() {
    return networks;
  }

  int width() {
    return width;
  }

  /** Blocks of one network where columns are separate. */
  int own() {
    return own;
  }

  /** Blocks with the rests of several networks, behind all others; none where all are separate. */
  int shared() {
    return sharers == 1 ? 0 : (networks + sharers - 1) / sharers;
  }

  int blocks() {
    return sharers == 1 ? networks * own : networks * full + shared();
  }

  int columns() {
    return blocks() * Blocks.WIDTH;
  }

  /** Column of a network's j-th output. */
  int column(int network, int j) {
    if (sharers == 1) {
      return network * own * Blocks.WIDTH + j;
    }
    if (j < full * Blocks.WIDTH) {
      return network * full * Blocks.WIDTH + j;
    }
    return sharedBlock(network) * Blocks.WIDTH + lane(network) + j - full * Blocks.WIDTH;
  }

  /** The block that holds a network's rest, which begins at {@link #lane}. */
  int sharedBlock(int network) {
    return networks * full + network / sharers;
  }

  int lane(int network) {
    return network % sharers * rest;
  }

  int rest() {
    return rest;
  }

  /**
   * Where block {@code block} of this layout is put among separate ones: at its place there, or
   * behind them if it is shared.
   */
  int separateBlock(int block) {
    if (sharers == 1) {
      return block;
    }
    int sharedFrom = networks * full;
    if (block >= sharedFrom) {
      return networks * own + block - sharedFrom;
    }
    return block / full * own + block % full;
  }

  /** The network of each column, −1 for unused ones. */
  int[] owners() {
    int[] owners = new int[columns()];
    java.util.Arrays.fill(owners, -1);
    for (int network = 0; network < networks; network++) {
      for (int j = 0; j < width; j++) {
        owners[column(network, j)] = network;
      }
    }
    return owners;
  }
}
