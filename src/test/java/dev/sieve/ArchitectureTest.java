package dev.sieve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final Set<String> TRANSCENDENTALS =
      Set.of(
          "exp", "log", "log10", "log1p", "expm1", "pow", "sin", "cos", "tan", "sinh", "cosh",
          "tanh", "asin", "acos", "atan", "atan2", "cbrt", "hypot");

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

  /** Each package and those that it may use. */
  private static final List<List<String>> PACKAGES =
      List.of(
          List.of("error"),
          List.of("random"),
          List.of("data", "random", "error"),
          List.of("network"),
          List.of("kernel"),
          List.of("trial", "network", "data", "random"),
          List.of("engine", "kernel", "network", "data", "trial", "random"),
          List.of("training", "engine", "kernel", "network", "data", "trial", "random"),
          List.of("search", "trial", "random", "error"),
          List.of("config", "search", "network", "data", "trial", "error"),
          List.of("model", "network", "data"),
          List.of("report", "trial", "search"),
          List.of(
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
              "error"),
          List.of(
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
              "error"),
          List.of(
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
              "error"));

  /** The same of the rooms of a package; its root has the empty name. */
  private static final Map<String, List<List<String>>> ROOMS =
      Map.of(
          "search",
          List.of(
              List.of("space"),
              List.of("sampler", "space"),
              List.of("definition", "sampler", "space"),
              List.of("results"),
              List.of("scheduler", "definition", "sampler", "results"),
              List.of("plan", "scheduler", "definition", "sampler", "space", "results"),
              List.of("stats", "results"),
              List.of("", "plan", "scheduler", "definition", "results")),
          "spark",
          List.of(
              List.of("table"),
              List.of("store", "table"),
              List.of("live", "store"),
              List.of("task", "live", "store"),
              List.of("sql", "live", "store", "table"),
              List.of("", "sql")),
          "app",
          List.of(
              List.of("text"),
              List.of("serve"),
              List.of("cli", "text"),
              List.of("reproduce", "cli", "text"),
              List.of("", "cli", "text", "serve", "reproduce")),
          "config",
          List.of(List.of("hocon"), List.of("", "hocon")),
          "data",
          List.of(
              List.of(""),
              List.of("cifar", ""),
              List.of("idx", ""),
              List.of("synthetic", ""),
              List.of("table", ""),
              List.of("folder", ""),
              List.of("source", "cifar", "idx", "synthetic", "table", "folder", "")),
          "engine",
          List.of(
              List.of(""),
              List.of("reference", ""),
              List.of("vector", ""),
              List.of("factory", "reference", "vector", "")),
          "training",
          List.of(List.of(""), List.of("gradient", "")),
          "report",
          List.of(List.of(""), List.of("page")));

  @Test
  void packagesUseOnlyTheirNeighbours() {
    check(PACKAGES, name -> "dev.sieve." + name + "..");
  }

  @Test
  void roomsUseOnlyThoseBelow() {
    ROOMS.forEach(
        (name, rooms) ->
            check(rooms, room -> "dev.sieve." + name + (room.isEmpty() ? "" : "." + room)));
  }

  /** Whoever is allowed to use another one does. */
  private static void check(List<List<String>> mayUse, UnaryOperator<String> definition) {
    LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (List<String> row : mayUse) {
      layers = layers.layer("'" + row.get(0) + "'").definedBy(definition.apply(row.get(0)));
    }
    List<String> unused = new ArrayList<>();
    for (List<String> row : mayUse) {
      String[] allowed = row.stream().skip(1).map(name -> "'" + name + "'").toArray(String[]::new);
      LayeredArchitecture.LayerDependencySpecification layer =
          layers.whereLayer("'" + row.get(0) + "'");
      layers =
          allowed.length == 0 ? layer.mayNotAccessAnyLayer() : layer.mayOnlyAccessLayers(allowed);
      JavaClasses users =
          PRODUCT.that(JavaClass.Predicates.resideInAPackage(definition.apply(row.get(0))));
      for (String used : row.subList(1, row.size())) {
        DescribedPredicate<JavaClass> there =
            JavaClass.Predicates.resideInAPackage(definition.apply(used));
        if (users.stream()
            .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
            .noneMatch(dependency -> there.test(dependency.getTargetClass()))) {
          unused.add(row.get(0) + " -> " + used);
        }
      }
    }
    layers.check(PRODUCT);
    assertThat(unused).as("allowed, but not used").isEmpty();
  }

  @Test
  void noCircles() {
    slices().matching("dev.sieve.(**)").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void everyClassIsInAPackageOrInARoomOfOne() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(
                    PACKAGES.stream().map(row -> "dev.sieve." + row.get(0)),
                    ROOMS.keySet().stream().map(name -> "dev.sieve." + name + ".."))
                .toArray(String[]::new))
        .check(PRODUCT);
    ROOMS.forEach(
        (name, rooms) ->
            classes()
                .that()
                .resideInAPackage("dev.sieve." + name + "..")
                .should()
                .resideInAnyPackage(
                    rooms.stream()
                        .map(
                            row ->
                                "dev.sieve."
                                    + name
                                    + (row.get(0).isEmpty() ? "" : "." + row.get(0)))
                        .toArray(String[]::new))
                .check(PRODUCT));
  }

  @Test
  void everyPackageIsALayer() {
    ArchRule rule =
        classes()
            .should()
            .resideInAnyPackage(
                PACKAGES.stream()
                    .map(row -> "dev.sieve." + row.get(0) + "..")
                    .toArray(String[]::new));
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
    only("com.fasterxml.jackson..", "dev.sieve.report.page..").check(PRODUCT);
    only("org.apache.commons.compress..", "dev.sieve.data.cifar..").check(PRODUCT);
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
            "dev.sieve.kernel..",
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
        .accessTargetWhere(
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
