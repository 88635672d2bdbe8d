package dev.sieve.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.config.Experiment;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.synthetic.SyntheticImages;
import dev.sieve.reproduce.PublishedComparison.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the studies' plans to the page: every row of the published table meets trials of ours. */
class ReproductionTest {
  private static final Path FOLDER = Path.of("conf/reports");

  private static Evidence evidence = new Evidence(List.of(), List.of(), List.of());

  @BeforeAll
  static void planEverything() {
    List<EvidenceRow> trials = new ArrayList<>();
    for (String study : Catalogue.studies(Catalogue.load().entries())) {
      trials.addAll(PlannedTrials.of(Experiment.load(Catalogue.file(FOLDER, study), List.of())));
    }
    List<CurvePoint> points = new ArrayList<>();
    for (EvidenceRow trial : trials) {
      for (int epoch = 0; epoch <= 4; epoch++) {
        points.add(
            new CurvePoint(
                trial.study(),
                trial.phase(),
                trial.configuration(),
                trial.replicate(),
                epoch,
                10L * epoch,
                Map.of(
                    "train_loss",
                    2.0 / (1 + epoch),
                    "train_cost",
                    2.2 + 0.3 * (epoch % 2),
                    "validation_loss",
                    2.1 - 0.1 * epoch * epoch)));
      }
    }
    evidence = new Evidence(trials, points, checks());
  }

  private static List<CheckRow> checks() {
    List<CheckRow> rows = new ArrayList<>();
    for (String check : GradientChecks.names()) {
      for (long seed = 1; seed <= 5; seed++) {
        for (String parameter :
            List.of(
                "W1", "W2", "W3", "W4", "b1", "b2", "b3", "b4", "gamma1", "gamma2", "gamma3",
                "beta1", "beta2", "beta3")) {
          Map<String, Double> measures = new HashMap<>();
          for (String kind : List.of("centred ", "finite ")) {
            double size = kind.startsWith("finite") ? 1e-6 : 1e-9;
            for (String measure : List.of("maximum", "norms", "elements", "relative", "distance")) {
              measures.put(kind + measure, size * seed);
            }
          }
          rows.add(new CheckRow(check, seed, parameter, measures));
        }
      }
    }
    return rows;
  }

  @Test
  void everyPublishedNumberMeetsAFigureOfOurs() {
    Reproduction reproduction = Reproduction.of(evidence, List.of());
    List<String> without = new ArrayList<>();
    for (PublishedComparison c : reproduction.comparisons()) {
      PublishedNumber number = c.published();
      if (number.published() != null && c.ours().size() < 3) {
        without.add(number + " " + c.verdict() + " " + c.ours().size());
      }
      if (number.published() != null && !number.isCheck()) {
        assertThat(c.ours().size()).as(number.toString()).isIn(5, 10);
      }
      if (number.published() == null) {
        assertThat(c.verdict()).isEqualTo(Verdict.NO_NUMBER);
        assertThat(evidence.trials(number.source(), number.where()))
            .as(number.toString())
            .isNotEmpty();
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void bothReadingsHaveEveryRow() {
    List<Comparisons.Reading> readings = Reproduction.of(evidence, List.of()).readings();
    assertThat(readings).hasSize(5);
    assertThat(readings)
        .allSatisfy(r -> assertThat(r.rows()).isEqualTo(r.experiment().equals("depth") ? 4 : 10));
  }

  @Test
  void everyClaimIsTestedOverFiveSeeds() {
    List<Claim> claims = new Claims(evidence).all();
    for (Claim claim : claims) {
      assertThat(claim.answer()).as(claim.toString()).isNotEqualTo(Claim.Answer.NOT_RUN);
      assertThat(claim.parts()).allSatisfy(part -> assertThat(part.n()).isEqualTo(5));
    }
    assertThat(claims.stream().filter(c -> c.statement().startsWith("centred")))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.answer()).isEqualTo(Claim.Answer.CONFIRMED);
              assertThat(c.p()).isEqualTo(1 / 32.0);
            });
    assertThat(new Claims(new Evidence(List.of(), List.of(), List.of())).all())
        .allSatisfy(claim -> assertThat(claim.answer()).isEqualTo(Claim.Answer.NOT_RUN));
  }

  @Test
  void everyPanelOfAFigureHasTrials() {
    for (FigurePanel panel : FigurePanel.all()) {
      assertThat(evidence.trials(panel.study(), panel.where())).as(panel.toString()).hasSize(5);
    }
    assertThat(FigurePanel.all().stream().map(FigurePanel::report).distinct().toList())
        .containsExactlyElementsOf(Catalogue.load().reports());
  }

  @Test
  void thePageAndItsTablesHoldEveryRow() {
    Reproduction reproduction = Reproduction.of(evidence, List.of("a <heading>"));
    String html = reproduction.html();
    for (String part : List.of("a &lt;heading&gt;", "<svg", "Overfit matrix")) {
      assertThat(html.contains(part)).as(part).isTrue();
    }
    // Not doesNotContain, which would print the page.
    for (String wrong : List.of("<script", "NaN", "not run")) {
      assertThat(html.indexOf(wrong)).as(wrong).isNegative();
    }
    assertThat(reproduction.markdown().lines().filter(l -> l.startsWith("| klayer-2023/depth | [")))
        .hasSize(4);
    assertThat(Csv.parse(reproduction.csv())).hasSize(264);
    List<String> lines =
        Reproduction.lines(
            reproduction.of(Catalogue.load().select("momentum-2017/final")), Integer.MAX_VALUE);
    assertThat(lines).hasSize(2 + 3 + 1);
    assertThat(lines.get(2)).contains("48.99 %");
  }

  @Test
  void gradientChecksMeasureWhatTheReportsMeasured() {
    LabelledImages images = SyntheticImages.dataSet().trainingImages();
    List<CheckRow> rows = GradientChecks.run("two-layer", images);
    assertThat(rows).hasSize(5 * 4);
    assertThat(CheckRow.read(CheckRow.csv(rows))).isEqualTo(rows);
    Evidence checked = new Evidence(List.of(), List.of(), rows);
    assertThat(checked.measures("two-layer", "W1 centred norms"))
        .hasSize(5)
        .allSatisfy(error -> assertThat(error).isBetween(1e-12, 1e-7));
    assertThat(checked.measures("two-layer", "W1 finite norms"))
        .allSatisfy(error -> assertThat(error).isBetween(1e-9, 1e-4));
    List<CheckRow> hot = GradientChecks.run("momentum-3-layers-bn-hot", images);
    assertThat(
            new Evidence(List.of(), List.of(), hot)
                .measures("momentum-3-layers-bn-hot", "W1 centred elements"))
        .allSatisfy(error -> assertThat(error).isLessThan(1e-4));
  }
}
