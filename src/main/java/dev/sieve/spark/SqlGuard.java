package dev.sieve.spark;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedView;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.jspecify.annotations.Nullable;
import scala.Product;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Decides whether a parsed statement only reads Sieve's tables. Nothing is analysed or run before.
 *
 * <p>Every node that the statement holds, wherever it holds it (subqueries, common table
 * expressions, what is explained), must be of a class that is listed here; so what a later Spark
 * adds is refused until somebody has looked at it. Together with {@link Queries} the only user of
 * Spark's internal classes.
 */
final class SqlGuard {
  /** Statements that tell about tables; only as the whole statement. */
  private static final Set<String> STATEMENTS =
      Set.of(
          "ShowTables",
          "ShowViews",
          "ShowColumns",
          "ShowFunctions",
          "ShowTableProperties",
          "ShowCreateTable",
          "ShowNamespaces",
          "DescribeRelation",
          "DescribeColumn",
          "DescribeFunction",
          "DescribeQueryCommand",
          "ExplainCommand");

  /** Parts of a query. */
  private static final Set<String> NODES =
      Set.of(
          "Aggregate",
          "CTERelationDef",
          "CurrentNamespace$",
          "Distinct",
          "Except",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LocalLimit",
          "LocalRelation",
          "Offset",
          "OneRowRelation",
          "Pivot",
          "Project",
          "RepartitionByExpression",
          "Sample",
          "Sort",
          "Subquery",
          "SubqueryAlias",
          "Union",
          "Unpivot",
          "UnresolvedFunctionName",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedNamespace",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTable",
          "UnresolvedTableOrView",
          "UnresolvedTableValuedFunction",
          "UnresolvedView",
          "UnresolvedWith",
          "WithWindowDefinition");

  private static final Set<String> TABLE_FUNCTIONS =
      Set.of(
          "range",
          "explode",
          "explode_outer",
          "posexplode",
          "posexplode_outer",
          "inline",
          "inline_outer",
          "stack",
          "json_tuple");

  /** Expressions that Spark's parser makes besides those of its package of expressions. */
  private static final Set<String> EXPRESSIONS =
      Set.of(
          "MultiAlias",
          "UnresolvedAlias",
          "UnresolvedAttribute",
          "UnresolvedExtractValue",
          "UnresolvedFunction",
          "UnresolvedGenerator",
          "UnresolvedOrdinal",
          "UnresolvedRegex",
          "UnresolvedStar",
          "UnresolvedStarExceptOrReplace",
          "UnresolvedWithinGroup");

  /** Built-in functions that call any Java method, or read a file that an argument names. */
  private static final Set<String> FUNCTIONS =
      Set.of("reflect", "java_method", "try_reflect", "from_protobuf", "to_protobuf");

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> commonTables = new HashSet<>();
  private @Nullable String problem;

  private SqlGuard() {}

  /** What a statement holds that it may not, or null where it only reads. */
  static @Nullable String problem(LogicalPlan statement) {
    SqlGuard guard = new SqlGuard();
    guard.nameCommonTables(statement);
    guard.seen.clear();
    if (STATEMENTS.contains(statement.getClass().getSimpleName())) {
      guard.parts(statement);
    } else {
      guard.visit(statement);
    }
    return guard.problem;
  }

  private void nameCommonTables(@Nullable Object part) {
    if (part == null || !seen.add(part)) {
      return;
    }
    if (part instanceof UnresolvedWith with) {
      for (Object entry : CollectionConverters.asJava(with.cteRelations())) {
        Object name = ((Product) entry).productElement(0);
        commonTables.add(name.toString().toLowerCase(Locale.ROOT));
      }
    }
    descend(part, this::nameCommonTables);
  }

  private void visit(@Nullable Object part) {
    if (part == null || problem != null || !seen.add(part)) {
      return;
    }
    if (part instanceof LogicalPlan node) {
      check(node);
    } else if (part instanceof Expression expression) {
      check(expression);
    }
    parts(part);
  }

  private void parts(Object whole) {
    descend(whole, this::visit);
  }

  /** Every field of a case class is a part of it: no child, list, option or tuple is left out. */
  private static void descend(Object whole, java.util.function.Consumer<Object> visitor) {
    if (whole instanceof scala.collection.Iterable<?> several) {
      CollectionConverters.asJava(several).forEach(visitor);
    } else if (whole instanceof Product product) {
      CollectionConverters.asJava(product.productIterator()).forEachRemaining(visitor);
    }
  }

  private void check(LogicalPlan node) {
    String kind = node.getClass().getSimpleName();
    if (!NODES.contains(kind)) {
      problem = "it has a part that is no query (" + kind.replace("$", "") + ")";
    } else if (node instanceof UnresolvedRelation relation) {
      table(relation.multipartIdentifier());
      if (!relation.options().isEmpty()) {
        problem = "it reads a table with options";
      }
    } else if (node instanceof UnresolvedTableOrView named) {
      table(named.multipartIdentifier());
    } else if (node instanceof UnresolvedTable named) {
      table(named.multipartIdentifier());
    } else if (node instanceof UnresolvedView named) {
      table(named.multipartIdentifier());
    } else if (node instanceof UnresolvedTableValuedFunction function) {
      List<String> name = CollectionConverters.asJava(function.name());
      if (name.size() != 1 || !TABLE_FUNCTIONS.contains(name.get(0).toLowerCase(Locale.ROOT))) {
        problem = "it calls the table function " + String.join(".", name);
      }
    }
  }

  private void table(scala.collection.immutable.Seq<String> parts) {
    List<String> name = CollectionConverters.asJava(parts);
    String last = name.get(name.size() - 1).toLowerCase(Locale.ROOT);
    String before = String.join(".", name.subList(0, name.size() - 1)).toLowerCase(Locale.ROOT);
    boolean ours =
        CatalogEntries.NAMES.contains(last)
            && Set.of("", "default", "spark_catalog.default").contains(before);
    boolean common = before.isEmpty() && commonTables.contains(last);
    if (!ours && !common) {
      problem = "it reads " + String.join(".", name);
    }
  }

  private void check(Expression expression) {
    Class<?> type = expression.getClass();
    String kind = type.getSimpleName();
    String home = type.getPackageName();
    if (expression instanceof UnresolvedFunction function) {
      function(CollectionConverters.asJava(function.nameParts()));
    } else if (expression instanceof UnresolvedGenerator generator) {
      function(List.of(generator.name().funcName()));
    }
    boolean known =
        home.startsWith("org.apache.spark.sql.catalyst.expressions")
            || (home.equals("org.apache.spark.sql.catalyst.analysis")
                && EXPRESSIONS.contains(kind));
    if (!known || kind.equals("CallMethodViaReflection")) {
      problem = "it has an expression that is not allowed (" + kind + ")";
    }
  }

  private void function(List<String> name) {
    String last = name.get(name.size() - 1).toLowerCase(Locale.ROOT);
    if (FUNCTIONS.contains(last)) {
      problem = "it calls the function " + String.join(".", name);
    }
  }
}
