package dev.sieve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.sieve.app.Sieve;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final Set<String> TRANSCENDENTALS =
      Set.of("exp", "log", "log10", "log1p", "expm1", "pow", "sin", "cos", "tan", "tanh");

  private static final JavaClasses PRODUCT = product();

  /** Our classes alone: of what they use, the names say all that the rules ask. */
  private static JavaClasses product() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    try {
      return new ClassFileImporter()
          .importPath(
              Path.of(Sieve.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theRulesSeeWhatTheyAreAbout() {
    assertThat(PRODUCT.size()).isGreaterThan(300);
    for (ArchRule broken :
        List.of(
            only("org.apache.spark..", "dev.sieve.app.."),
            only("picocli..", "dev.sieve.spark.."),
            only("jdk.incubator.vector..", "dev.sieve.app.."))) {
      assertThat(broken.evaluate(PRODUCT).hasViolation()).isTrue();
    }
    assertThat(noTranscendentals("dev.sieve..").evaluate(PRODUCT).hasViolation()).isTrue();
  }

  @Test
  void packagesUseOnlyTheirNeighbours() {
    LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
    String[][] mayUse = {
      {"error"},
      {"random", "error"},
      {"data", "random", "error"},
      {"network", "random", "error"},
      {"kernel", "error"},
      {"trial", "network", "data", "random", "error"},
      {"engine", "kernel", "network", "data", "trial", "random", "error"},
      {"training", "engine", "kernel", "network", "data", "trial", "random", "error"},
      {"search", "trial", "random", "error"},
      {"config", "search", "training", "engine", "network", "data", "trial", "random", "error"},
      {"model", "network", "data", "random", "error"},
      {"report", "trial", "search", "random", "error"},
      {
        "spark",
        "search",
        "training",
        "engine",
        "kernel",
        "network",
        "data",
        "trial",
        "model",
        "random",
        "error"
      },
      {
        "reproduce",
        "report",
        "config",
        "search",
        "training",
        "engine",
        "kernel",
        "network",
        "data",
        "trial",
        "error"
      },
      {
        "app",
        "reproduce",
        "spark",
        "report",
        "config",
        "search",
        "training",
        "engine",
        "network",
        "data",
        "trial",
        "model",
        "random",
        "error"
      },
    };
    for (String[] row : mayUse) {
      layers = layers.layer(row[0]).definedBy("dev.sieve." + row[0] + "..");
    }
    for (String[] row : mayUse) {
      String[] allowed = java.util.Arrays.copyOfRange(row, 1, row.length);
      layers =
          allowed.length == 0
              ? layers.whereLayer(row[0]).mayNotAccessAnyLayer()
              : layers.whereLayer(row[0]).mayOnlyAccessLayers(allowed);
    }
    layers.check(PRODUCT);
  }

  @Test
  void everyPackageIsALayer() {
    ArchRule rule =
        classes()
            .should()
            .resideInAnyPackage(
                "dev.sieve.error..",
                "dev.sieve.random..",
                "dev.sieve.data..",
                "dev.sieve.network..",
                "dev.sieve.trial..",
                "dev.sieve.engine..",
                "dev.sieve.kernel..",
                "dev.sieve.training..",
                "dev.sieve.search..",
                "dev.sieve.config..",
                "dev.sieve.model..",
                "dev.sieve.report..",
                "dev.sieve.reproduce..",
                "dev.sieve.spark..",
                "dev.sieve.app..");
    rule.check(PRODUCT);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    only("org.apache.spark..", "dev.sieve.spark..", "dev.sieve.app..").check(PRODUCT);
    only("org.apache.parquet..", "dev.sieve.spark..").check(PRODUCT);
    only("com.typesafe.config..", "dev.sieve.config..").check(PRODUCT);
    only("picocli..", "dev.sieve.app..").check(PRODUCT);
    only(
            "org.ejml..",
            "dev.sieve.network..",
            "dev.sieve.engine..",
            "dev.sieve.training..",
            "dev.sieve.search..",
            "dev.sieve.model..")
        .check(PRODUCT);
    only("org.hipparchus..", "dev.sieve.search..").check(PRODUCT);
    only("org.apache.commons.rng..", "dev.sieve.random..").check(PRODUCT);
    only("jdk.incubator.vector..", "dev.sieve.kernel..").check(PRODUCT);
  }

  /** {@code Math.exp} and its like may differ by a bit between machines; a result must not. */
  @Test
  void transcendentalsAreTheSameOnEveryMachine() {
    noTranscendentals(
            "dev.sieve.random..",
            "dev.sieve.data..",
            "dev.sieve.network..",
            "dev.sieve.trial..",
            "dev.sieve.engine..",
            "dev.sieve.training..",
            "dev.sieve.search..")
        .check(PRODUCT);
  }

  private static ArchRule noTranscendentals(String... packages) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "Math's transcendentals",
                call ->
                    call.getTargetOwner().isEquivalentTo(Math.class)
                        && TRANSCENDENTALS.contains(call.getName())));
  }

  private static ArchRule only(String library, String... homes) {
    return noClasses()
        .that(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(homes)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
