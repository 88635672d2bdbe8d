package dev.sieve.training;

import dev.sieve.data.ExampleView;
import dev.sieve.engine.Batch;
import java.util.ArrayList;
import java.util.List;

/** A set of images cut into batches, in its own order. */
public final class Batches {
  private Batches() {}

  /** All images; the last batch may be short. */
  static List<Batch> all(ExampleView view, int size) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < view.count(); from += size) {
      int count = Math.min(size, view.count() - from);
      batches.add(new Batch(view.examples(), view.indices(), from, count));
    }
    return batches;
  }

  /**
   * The first {@code images} images, or all if there are fewer. A last batch of one image is left
   * out: it has no variance.
   */
  static List<Batch> first(ExampleView view, int images, int size) {
    List<Batch> batches = new ArrayList<>();
    int end = Math.min(images, view.count());
    for (int from = 0; end - from >= 2; from += size) {
      batches.add(new Batch(view.examples(), view.indices(), from, Math.min(size, end - from)));
    }
    return batches;
  }
}
