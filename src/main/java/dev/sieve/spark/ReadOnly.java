package dev.sieve.spark;

import dev.sieve.error.UserException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Walks a parsed statement whole, subqueries and expressions too, and lets through what is known
 * only to read: nodes by an allow-list, relations by name, table functions by name. Scalar
 * functions are Spark's built-in ones, which compute; the three that call Java are refused.
 */
final class ReadOnly {
  /** The parser's nodes of a query. */
  private static final Set<String> QUERY =
      Set.of(
          "Aggregate",
          "Deduplicate",
          "Distinct",
          "Except",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LocalLimit",
          "Offset",
          "OneRowRelation",
          "Pivot",
          "Project",
          "Repartition",
          "RepartitionByExpression",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Union",
          "Unpivot",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Window",
          "WithWindowDefinition");

  /** Statements that tell about tables, and what stands for the table or namespace in them. */
  private static final Set<String> TELLING =
      Set.of(
          "CurrentNamespace$",
          "DescribeColumn",
          "DescribeQueryCommand",
          "DescribeRelation",
          "ExplainCommand",
          "ShowColumns",
          "ShowFunctions",
          "ShowTables",
          "ShowViews",
          "UnresolvedTableOrView");

  private static final Set<String> TABLE_FUNCTIONS =
      Set.of(
          "range",
          "explode",
          "explode_outer",
          "posexplode",
          "posexplode_outer",
          "inline",
          "inline_outer",
          "stack");

  private static final Set<String> CALLING = Set.of("reflect", "java_method", "try_reflect");

  /** What every refusal ends with. */
  private static final String REMEDY =
      "; give a SELECT over "
          + String.join(", ", CatalogEntries.NAMES)
          + ", or DESCRIBE, SHOW TABLES or EXPLAIN";

  /** Names that {@code WITH} gives within the statement. */
  private final Set<String> given = new HashSet<>();

  /**
   * Returns if the statement only reads Sieve's tables.
   *
   * @throws UserException if not
   */
  void check(LogicalPlan statement) {
    collectGiven(statement);
    plan(statement);
  }

  private void collectGiven(LogicalPlan plan) {
    for (TreeNode<?> inner : list(plan.innerChildren())) {
      if (inner instanceof SubqueryAlias alias) {
        given.add(lower(alias.identifier().name()));
      }
      if (inner instanceof LogicalPlan nested) {
        collectGiven(nested);
      }
    }
    list(plan.children()).forEach(this::collectGiven);
    list(plan.expressions()).forEach(this::collectGiven);
    if (plan instanceof ExplainCommand explain) {
      collectGiven(explain.logicalPlan());
    } else if (plan instanceof DescribeQueryCommand describe) {
      collectGiven(describe.plan());
    }
  }

  private void collectGiven(Expression expression) {
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan nested) {
      collectGiven(nested);
    }
    list(expression.children()).forEach(this::collectGiven);
  }

  private void plan(LogicalPlan plan) {
    String node = plan.getClass().getSimpleName();
    if (!QUERY.contains(node) && !TELLING.contains(node)) {
      throw refusal(plan.nodeName());
    }
    if (plan instanceof UnresolvedRelation relation) {
      relation(list(relation.multipartIdentifier()));
    } else if (plan instanceof UnresolvedTableOrView table) {
      relation(list(table.multipartIdentifier()));
    } else if (plan instanceof UnresolvedTableValuedFunction function) {
      tableFunction(list(function.name()));
    } else if (plan instanceof ExplainCommand explain) {
      plan(explain.logicalPlan());
    } else if (plan instanceof DescribeQueryCommand describe) {
      plan(describe.plan());
    }
    for (TreeNode<?> inner : list(plan.innerChildren())) {
      if (inner instanceof LogicalPlan nested) {
        plan(nested);
      }
    }
    list(plan.children()).forEach(this::plan);
    list(plan.expressions()).forEach(this::expression);
  }

  private void expression(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      List<String> name = list(function.nameParts());
      if (name.size() != 1 || CALLING.contains(lower(name.get(0)))) {
        throw refusal("the function " + String.join(".", name));
      }
    }
    // IDENTIFIER('…') names a table or function by a computed text.
    if (expression.getClass().getSimpleName().contains("UnresolvedIdentifier")) {
      throw refusal("IDENTIFIER");
    }
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan nested) {
      plan(nested);
    }
    list(expression.children()).forEach(this::expression);
  }

  private void relation(List<String> parts) {
    String name = lower(parts.get(parts.size() - 1));
    boolean ours = CatalogEntries.NAMES.contains(name);
    boolean known =
        switch (parts.size()) {
          case 1 -> ours || given.contains(name);
          case 2 -> ours && lower(parts.get(0)).equals("default");
          case 3 ->
              ours
                  && lower(parts.get(0)).equals("spark_catalog")
                  && lower(parts.get(1)).equals("default");
          default -> false;
        };
    if (!known) {
      throw refusal("the table " + String.join(".", parts));
    }
  }

  private static void tableFunction(List<String> name) {
    if (name.size() != 1 || !TABLE_FUNCTIONS.contains(lower(name.get(0)))) {
      throw refusal("the table function " + String.join(".", name));
    }
  }

  private static UserException refusal(String found) {
    return new UserException(
        "a statement must only read Sieve's tables, but got " + found + REMEDY);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static <T> List<T> list(Seq<T> elements) {
    return CollectionConverters.asJava(elements);
  }
}
