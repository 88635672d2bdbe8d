package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.cli.Widths;
import dev.sieve.config.Experiment;
import dev.sieve.data.source.DataSource;
import dev.sieve.engine.factory.Engines;
import dev.sieve.error.UserException;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.Initialiser;
import dev.sieve.training.gradient.GradientCheck;
import dev.sieve.training.gradient.GradientCheckOptions;
import dev.sieve.training.gradient.GradientReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "gradcheck",
    description =
        "Compares the engine's gradients with finite and centred differences, for every W, b, gamma and beta.",
    footer =
        "Exit status 0: all element-wise relative errors of the centred differences are below the threshold; 1: not.",
    mixinStandardHelpOptions = true)
final class GradcheckCommand extends CliCommand implements Callable<Integer> {
  /** Where batch norm stands, in the words of a study's file. */
  enum Placement {
    NONE,
    BEFORE_ACTIVATION,
    AFTER_ACTIVATION;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private static final double EPSILON = 1e-5;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Images of the batch. Default: ${DEFAULT-VALUE}.")
  private int samples = 20;

  @Option(
      names = "--dimensions",
      paramLabel = "D",
      description = "Inputs: the first D pixels. Default: ${DEFAULT-VALUE}.")
  private int dimensions = 20;

  @Option(names = "--h", description = "Step of the differences. Default: ${DEFAULT-VALUE}.")
  private double h = GradientCheckOptions.DEFAULT_H;

  @Option(names = "--lambda", description = "L2 of the cost. Default: ${DEFAULT-VALUE}.")
  private double lambda = 0.005;

  @Option(
      names = "--hidden",
      split = ",",
      paramLabel = "M",
      description = "Widths of the hidden layers. Default: 10,10; '' for none.")
  private List<String> hidden = List.of("10", "10");

  @Option(
      names = "--batch-norm",
      converter = PlacementReader.class,
      description = "none, before-activation or after-activation. Default: ${DEFAULT-VALUE}.")
  private Placement batchNorm = Placement.BEFORE_ACTIVATION;

  @Option(names = "--no-affine", description = "Batch norm without gamma and beta.")
  private boolean plain;

  @Option(
      names = "--epochs",
      description = "Epochs trained before the check. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(names = "--seed", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--threshold",
      description = "Largest error that passes. Default: ${DEFAULT-VALUE}.")
  private double threshold = GradientCheckOptions.DEFAULT_THRESHOLD;

  @CommandLine.Parameters(paramLabel = "key=value", description = "data.source and data.path.")
  private List<String> overrides = List.of();

  @Override
  public Integer call() {
    DataSource source = Experiment.load(null, overrides).data();
    GradientReport report;
    try {
      report =
          new GradientCheck(Engines.byType("reference"))
              .run(options(), source.images().trainingImages());
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage() + ": change the option", e);
    }
    out().print(report.text());
    out().flush();
    return report.passed() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
  }

  private GradientCheckOptions options() {
    BatchNorm norm =
        batchNorm == Placement.NONE
            ? null
            : new BatchNorm(
                BatchNorm.Placement.valueOf(batchNorm.name()),
                !plain,
                EPSILON,
                BatchNorm.Statistics.MOVING_AVERAGE,
                0.9,
                2);
    return new GradientCheckOptions(
        samples,
        dimensions,
        h,
        lambda,
        Widths.of(hidden),
        norm,
        new Initialiser.He(),
        epochs,
        seed,
        threshold);
  }

  /** Reads {@code before-activation}. */
  static final class PlacementReader implements CommandLine.ITypeConverter<Placement> {
    @Override
    public Placement convert(String word) {
      for (Placement placement : Placement.values()) {
        if (placement.toString().equals(word)) {
          return placement;
        }
      }
      throw new CommandLine.TypeConversionException(
          "batch norm stands at none, before-activation or after-activation, but got '"
              + word
              + "'");
    }
  }
}
