package dev.sieve.reproduce;

import dev.sieve.reproduce.Claim.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The reports' claims, each tested over seeds. Replicates of one study begin with the same draws
 * and see the same batches, so they are compared in pairs.
 */
public final class Claims {
  /** Accuracy that a network which has learnt nothing does not exceed: chance and a point. */
  private static final double CHANCE = 0.11;

  /** "At least as good" and "about equal" are meant up to so much accuracy. */
  private static final double HALF_A_POINT = 0.005;

  private static final double A_POINT = 0.01;

  /** The epochs that a spike of the cost may be in. */
  private static final int FIRST_EPOCHS = 3;

  private static final String NONE = ";bn=none";
  private static final String NORM = ";bn=before-activation";
  private static final String THREE = "hidden=[50,50]";
  private static final String NINE = "hidden=[50,30,20,20,10,10,10,10]";

  private final PairedSamples samples;

  public Claims(Evidence evidence) {
    this.samples = new PairedSamples(evidence);
  }

  /** Every claim, also those whose experiments have not run. */
  public List<Claim> all() {
    return List.of(
        mostAtNine(),
        failsAtSmallSigma(),
        fallsWithSigma(),
        lowerAndSmoother(),
        lowerAtEveryRate(),
        higherAtEveryRate(),
        afterRelu(),
        preciseBn(),
        wider(),
        diverges(),
        centred(),
        momentum(),
        overfits(),
        spike());
  }

  private Claim mostAtNine() {
    String study = "klayer-2023-depth-he";
    ToDoubleFunction<EvidenceRow> test = PairedSamples.figure("test_accuracy");
    PairedSamples.Seeds nine =
        samples.of(study, NINE + NORM, test).minus(samples.of(study, NINE + NONE, test));
    PairedSamples.Seeds three =
        samples.of(study, THREE + NORM, test).minus(samples.of(study, THREE + NONE, test));
    return new Claim(
        "klayer-2023",
        "batch norm helps most at nine layers",
        "gain in test accuracy at nine layers, less that at three",
        List.of(nine.minus(three).points("nine less three layers")));
  }

  private Claim failsAtSmallSigma() {
    PairedSamples.Seeds below =
        samples
            .of("klayer-2023-sigma", "sigma=1e-4" + NONE, PairedSamples.figure("test_accuracy"))
            .map(accuracy -> CHANCE - accuracy);
    return new Claim(
        "gradients-2022, klayer-2023",
        "learning fails without batch norm at σ = 1e-4",
        "how far test accuracy stays below 11 %",
        List.of(below.points("σ = 1e-4")));
  }

  private Claim fallsWithSigma() {
    return new Claim(
        "gradients-2022, klayer-2023",
        "with batch norm accuracy still falls with σ",
        "test accuracy at the larger σ less that at the smaller",
        List.of(
            difference("test_accuracy", "sigma=1e-1" + NORM, "sigma=1e-3" + NORM)
                .points("1e-1 less 1e-3"),
            difference("test_accuracy", "sigma=1e-3" + NORM, "sigma=1e-4" + NORM)
                .points("1e-3 less 1e-4")));
  }

  private PairedSamples.Seeds difference(String figure, String one, String two) {
    String study = "klayer-2023-sigma";
    return samples
        .of(study, one, PairedSamples.figure(figure))
        .minus(samples.of(study, two, PairedSamples.figure(figure)));
  }

  private Claim lowerAndSmoother() {
    String study = "gradients-2022-depth";
    List<Part> parts = new ArrayList<>();
    for (String network : List.of(THREE, NINE)) {
      String name = network.equals(THREE) ? "3 layers" : "9 layers";
      parts.add(lower(study, network).plain(name + ", lower"));
      ToDoubleFunction<EvidenceRow> roughness = samples::roughness;
      parts.add(
          samples
              .of(study, network + NONE, roughness)
              .minus(samples.of(study, network + NORM, roughness))
              .plain(name + ", smoother"));
    }
    return new Claim(
        "gradients-2022",
        "batch norm's loss is lower and smoother at three and nine layers",
        "validation loss at the end, and mean absolute second difference of its curve, without less with",
        parts);
  }

  private PairedSamples.Seeds lower(String study, String where) {
    ToDoubleFunction<EvidenceRow> loss = PairedSamples.figure("validation_loss");
    return samples.of(study, where + NONE, loss).minus(samples.of(study, where + NORM, loss));
  }

  private Claim lowerAtEveryRate() {
    List<Part> parts = new ArrayList<>();
    for (String eta : List.of("1e-4", "1e-2", "1")) {
      parts.add(lower("eta-stability-rates", "eta=" + eta).plain("η = " + eta));
    }
    return new Claim(
        "eta-stability",
        "batch norm's loss is lower at every η",
        "validation loss at the end, without less with; infinite for a network that diverged",
        parts);
  }

  private Claim higherAtEveryRate() {
    ToDoubleFunction<EvidenceRow> accuracy = PairedSamples.figure("validation_accuracy");
    String study = "momentum-2017-faster";
    List<Part> parts = new ArrayList<>();
    for (String eta : List.of("0.40573", "0.029202", "0.003215")) {
      parts.add(
          samples
              .of(study, "eta=" + eta + NORM, accuracy)
              .minus(samples.of(study, "eta=" + eta + NONE, accuracy))
              .points("η = " + eta));
    }
    return new Claim(
        "momentum-2017",
        "networks with batch norm reach higher performance at all three rates",
        "validation accuracy at the end, with less without",
        parts);
  }

  private Claim afterRelu() {
    return new Claim(
        "klayer-2023",
        "batch norm after the activation is at least as good",
        "test accuracy less that of the base model, plus half a point",
        List.of(
            againstBase("klayer-2023-bn-after-relu")
                .map(difference -> difference + HALF_A_POINT)
                .points("after, plus half a point")));
  }

  private Claim preciseBn() {
    PairedSamples.Seeds difference = againstBase("klayer-2023-precise-bn");
    return new Claim(
        "klayer-2023",
        "PreciseBN is about equal to the moving average",
        "test accuracy less that of the base model is above -1 and below +1 point (two tests)",
        List.of(
            difference.map(d -> d + A_POINT).points("difference plus a point"),
            difference.map(d -> A_POINT - d).points("a point less the difference")));
  }

  private PairedSamples.Seeds againstBase(String study) {
    ToDoubleFunction<EvidenceRow> accuracy = PairedSamples.figure("test_accuracy");
    return samples
        .of(study, "", accuracy)
        .minus(samples.of("klayer-2023-depth", THREE + NORM, accuracy));
  }

  private Claim wider() {
    List<Part> parts = new ArrayList<>();
    int[] widths = {100, 250, 500};
    for (int i = 1; i < widths.length; i++) {
      ToDoubleFunction<EvidenceRow> accuracy = PairedSamples.figure("test_accuracy");
      parts.add(
          samples
              .of("klayer-2023-width", wide(widths[i]), accuracy)
              .minus(samples.of("klayer-2023-width", wide(widths[i - 1]), accuracy))
              .points(widths[i] + " less " + widths[i - 1]));
    }
    return new Claim("klayer-2023", "wider is better", "test accuracy of seven layers", parts);
  }

  private static String wide(int units) {
    return "hidden=[" + ("," + units).repeat(6).substring(1) + "]";
  }

  private Claim diverges() {
    return new Claim(
        "eta-stability",
        "η = 1 diverges only without batch norm",
        "how many runs diverged without and with batch norm (Fisher's exact test)",
        List.of(
            samples.moreDiverge("eta-stability-rates", "η = 1", "eta=1" + NONE, "eta=1" + NORM)));
  }

  private Claim centred() {
    List<Part> parts = new ArrayList<>();
    for (String weights : List.of("W1", "W2")) {
      parts.add(samples.decades("two-layer", weights, "finite norms", "centred norms"));
    }
    return new Claim(
        "two-layer",
        "centred differences beat finite ones",
        "decimal logarithm of the relative error, finite less centred",
        parts);
  }

  private Claim momentum() {
    String study = "momentum-2017-overfit";
    List<Part> parts = new ArrayList<>();
    for (String norm : List.of(NONE, NORM)) {
      for (String[] pair : new String[][] {{"0.5", "0.7"}, {"0.7", "0.9"}}) {
        String network = "eta=0.001;hidden=[50]" + norm + ";momentum=";
        parts.add(
            samples
                .of(study, network + pair[0], samples::meanLoss)
                .minus(samples.of(study, network + pair[1], samples::meanLoss))
                .plain(
                    "%s batch norm, %s less %s"
                        .formatted(norm.equals(NONE) ? "without" : "with", pair[0], pair[1])));
      }
    }
    return new Claim(
        "momentum-2017",
        "momentum speeds learning up",
        "training loss of two layers, mean over all epochs: the smaller momentum's less the larger's; η = .001",
        parts);
  }

  private Claim overfits() {
    String study = "momentum-2017-overfit";
    ToDoubleFunction<EvidenceRow> misses =
        trial -> PairedSamples.value(trial, "train_accuracy") < 1 ? 1 : -1;
    return new Claim(
        "momentum-2017",
        "one layer, and four without batch norm, fail to reach 100 % on a small subset",
        "seeds that stay below 100 % count +1, others -1; η = .01, momentum .9",
        List.of(
            samples.of(study, "eta=0.01;hidden=[];momentum=0.9" + NONE, misses).plain("one layer"),
            samples
                .of(study, "eta=0.01;hidden=[50,30,20];momentum=0.9" + NONE, misses)
                .plain("four without")));
  }

  private Claim spike() {
    List<Part> parts = new ArrayList<>();
    for (String network : List.of("[50]", "[50,30]", "[50,30,20]")) {
      parts.add(
          samples
              .of(
                  "momentum-2017-overfit",
                  "eta=0.01;hidden=" + network + ";momentum=0.9" + NORM,
                  trial -> samples.rise(trial, "train_cost", FIRST_EPOCHS))
              .plain("hidden " + network));
    }
    return new Claim(
        "momentum-2017",
        "the cost of a network with batch norm spikes near the first epochs",
        "largest cost of the training images in the first three epochs, less the untrained network's; η = .01, momentum .9",
        parts);
  }
}
