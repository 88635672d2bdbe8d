package dev.sieve.data;

import java.util.List;

/**
 * Images as published: official training images (for CIFAR-10 the five batches in order) and test
 * images. The fingerprint is the first 16 hex digits of SHA-256 over both parts' labels and pixels.
 */
public final class ImageSet implements DataSet {
  private static final long serialVersionUID = 1;

  private final String name;
  private final LabelledImages training;
  private final LabelledImages test;
  private final String fingerprint;

  public ImageSet(String name, LabelledImages training, LabelledImages test) {
    this.name = name;
    this.training = training;
    this.test = test;
    this.fingerprint = Fingerprint.of(training, test);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String examples() {
    return "images";
  }

  public LabelledImages trainingImages() {
    return training;
  }

  public LabelledImages testImages() {
    return test;
  }

  @Override
  public List<String> classNames() {
    return training.classNames();
  }

  @Override
  public int classes() {
    return training.classes();
  }

  @Override
  public int training() {
    return training.count();
  }

  @Override
  public int test() {
    return test.count();
  }

  @Override
  public int whole() {
    return training.count();
  }

  @Override
  public int[] trainingPerClass() {
    return training.perClass();
  }

  @Override
  public int[] testPerClass() {
    return test.perClass();
  }

  @Override
  public long bytes(DataSelection selection, long seed) {
    return (long) training.pixels().length + test.pixels().length;
  }

  @Override
  public int inputs(DataSelection selection, long seed) {
    return training.inputs();
  }

  @Override
  public PreparedData prepare(DataSelection selection, long seed) {
    Split split = Split.of(this, selection, seed);
    ExampleView train = new ExampleView(training, split.train());
    ExampleView all = new ExampleView(test, split.test());
    ExampleView validation =
        selection.validationIsTest() ? all : new ExampleView(training, split.validation());
    return new PreparedData(
        train, validation, all, Standardiser.fit(training, split.train(), selection.standardise()));
  }
}
