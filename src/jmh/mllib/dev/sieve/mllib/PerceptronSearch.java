package dev.sieve.mllib;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StringType;

/**
 * The peer that Spark itself has: its multilayer perceptron (sigmoids, L-BFGS) searched by
 * TrainValidationSplit over the hidden layers of {@code conf/tables/search.conf}, iterations and
 * initial weights: 40 trials, two at once, as many as coarse and fine have. Numbers are
 * standardised, texts one-hot encoded, missing texts a category of their own.
 *
 * <pre>mvn -Pmllib test-compile exec:exec "-Dmllib.arguments=TRAIN.csv TEST.csv LABEL [texts]"</pre>
 *
 * With {@code texts} all columns are categories.
 */
public final class PerceptronSearch {
  private static final int[][] HIDDEN = {{64}, {256}, {128, 128}, {256, 256}};
  private static final int[] ITERATIONS = {20, 40, 60, 80, 100};
  private static final long[] SEEDS = {1, 2};

  private static final String CLASS = "class index";

  private PerceptronSearch() {}

  public static void main(String[] args) throws IOException {
    boolean texts = args.length > 3 && args[3].equals("texts");
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      long start = System.nanoTime();
      Dataset<Row> train = read(spark, args[0], !texts);
      Dataset<Row> test = read(spark, args[1], !texts);
      Pipeline encoding = encoding(train, args[2]);
      var encoded = encoding.fit(train);
      Dataset<Row> rows = encoded.transform(train).select("features", CLASS).repartition(2);
      rows.cache();
      int inputs = rows.first().<Vector>getAs("features").size();
      int classes = (int) rows.select(CLASS).distinct().count();

      MultilayerPerceptronClassifier perceptron = new MultilayerPerceptronClassifier().setLabelCol(CLASS);
      List<ParamMap> grid = new ArrayList<>();
      for (int[] hidden : HIDDEN) {
        int[] layers = new int[hidden.length + 2];
        layers[0] = inputs;
        System.arraycopy(hidden, 0, layers, 1, hidden.length);
        layers[layers.length - 1] = classes;
        for (int iterations : ITERATIONS) {
          for (long seed : SEEDS) {
            grid.addAll(
                Arrays.asList(
                    new ParamGridBuilder()
                        .baseOn(perceptron.layers().w(layers))
                        .baseOn(perceptron.maxIter().w(iterations))
                        .baseOn(perceptron.seed().w(seed))
                        .build()));
          }
        }
      }
      MulticlassClassificationEvaluator accuracy =
          new MulticlassClassificationEvaluator().setMetricName("accuracy").setLabelCol(CLASS);
      TrainValidationSplit search =
          new TrainValidationSplit()
              .setEstimator(perceptron)
              .setEvaluator(accuracy)
              .setEstimatorParamMaps(grid.toArray(new ParamMap[0]))
              .setTrainRatio(0.8)
              .setParallelism(2)
              .setSeed(1);
      TrainValidationSplitModel best = search.fit(rows);
      double reached = accuracy.evaluate(best.transform(encoded.transform(test)));
      double[] validation = best.validationMetrics();
      int winner = 0;
      for (int i = 1; i < validation.length; i++) {
        winner = validation[i] > validation[winner] ? i : winner;
      }
      System.out.printf(
          Locale.ROOT,
          "%s trials, best %.2f %% on validation: layers %s, %s iterations; %.2f %% on test; %.0f s%n",
          grid.size(),
          100 * validation[winner],
          Arrays.toString((int[]) grid.get(winner).get(perceptron.layers()).get()),
          grid.get(winner).get(perceptron.maxIter()).get(),
          100 * reached,
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static Dataset<Row> read(SparkSession spark, String file, boolean numbers) {
    Dataset<Row> rows =
        spark.read().option("header", true).option("inferSchema", numbers).csv(file);
    // MLlib takes a dot for a path.
    String[] names =
        Arrays.stream(rows.columns()).map(name -> name.replace('.', '_')).toArray(String[]::new);
    return rows.toDF(names).na().fill("missing").na().fill(0.0);
  }

  private static Pipeline encoding(Dataset<Row> train, String label) {
    List<PipelineStage> stages = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    List<String> features = new ArrayList<>();
    for (var field : train.schema().fields()) {
      String name = field.name();
      if (name.equals(label)) {
        continue;
      }
      if (field.dataType() instanceof StringType) {
        stages.add(
            new StringIndexer()
                .setInputCol(name)
                .setOutputCol(name + " index")
                .setHandleInvalid("keep"));
        stages.add(
            new OneHotEncoder().setInputCol(name + " index").setOutputCol(name + " one-hot"));
        features.add(name + " one-hot");
      } else {
        numbers.add(name);
      }
    }
    if (!numbers.isEmpty()) {
      stages.add(
          new VectorAssembler()
              .setInputCols(numbers.toArray(new String[0]))
              .setOutputCol("numbers"));
      stages.add(
          new StandardScaler().setWithMean(true).setInputCol("numbers").setOutputCol("scaled"));
      features.add("scaled");
    }
    stages.add(
        new VectorAssembler()
            .setInputCols(features.toArray(new String[0]))
            .setOutputCol("features"));
    stages.add(
        new StringIndexer().setInputCol(label).setOutputCol(CLASS).setHandleInvalid("keep"));
    return new Pipeline().setStages(stages.toArray(new PipelineStage[0]));
  }
}
