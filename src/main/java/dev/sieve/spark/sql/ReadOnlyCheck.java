package dev.sieve.spark.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.jspecify.annotations.Nullable;
import scala.Product;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Decides whether a parsed statement only reads Sieve's tables. It guards against mistakes, not
 * against somebody who has a shell as well. Nothing is analysed or run before.
 *
 * <p>The statement is a query by Spark's own grammar, which has no command and no write in it, or
 * tells about tables as a whole. Rows enter a plan at its leaves and nowhere else: one that has a
 * name must be a table of ours or a common table, any other must be made of the statement's own
 * expressions. So what a later Spark adds as a source of rows is refused.
 */
final class ReadOnlyCheck {
  /** First words of the statements that tell about tables and change nothing. */
  private static final Set<String> TELLING = Set.of("SHOW", "DESCRIBE", "DESC", "EXPLAIN");

  /** Where our tables are, which such a statement may name. */
  private static final Set<String> NAMESPACES =
      Set.of("", "default", "spark_catalog", "spark_catalog.default");

  /**
   * Functions that read more than their arguments: they call any Java method, or open a file or an
   * address that an argument, an option or a DTD names, or read another session's log. A test holds
   * all functions of a session to have been looked at.
   */
  static final Set<String> FUNCTIONS =
      Set.of(
          "reflect",
          "java_method",
          "try_reflect",
          "from_avro",
          "to_avro",
          "schema_of_avro",
          "from_protobuf",
          "to_protobuf",
          "from_xml",
          "schema_of_xml",
          "xpath",
          "xpath_boolean",
          "xpath_double",
          "xpath_float",
          "xpath_int",
          "xpath_long",
          "xpath_number",
          "xpath_short",
          "xpath_string",
          "python_worker_logs");

  private final IdentityHashMap<Object, Boolean> parts = new IdentityHashMap<>();
  private final List<LogicalPlan> nodes = new ArrayList<>();
  private final Set<String> commonTables = new HashSet<>();
  private @Nullable String problem;

  private ReadOnlyCheck() {}

  /**
   * What a statement holds that it may not, or null where it only reads.
   *
   * @param statement what the parser makes of the whole text
   */
  static @Nullable String problem(ParserInterface parser, String sql, LogicalPlan statement) {
    List<String> words = StatementText.words(sql);
    boolean tells =
        statement instanceof Command && !words.isEmpty() && TELLING.contains(words.get(0));
    if (!tells && !isQuery(parser, sql)) {
      return "it is no query (%s)".formatted(StatementText.verb(sql));
    }
    ReadOnlyCheck guard = new ReadOnlyCheck();
    guard.visit(statement);
    if (!tells) {
      guard.nodes.forEach(node -> guard.check(node, Set.of()));
    } else if (words.size() < 2 || !words.get(1).equals("FUNCTION")) {
      guard.nodes.remove(statement);
      guard.nodes.forEach(node -> guard.check(node, NAMESPACES));
    }
    return guard.problem;
  }

  /**
   * Whether a text that parses is one that begins with a query: none that does goes on to write.
   */
  private static boolean isQuery(ParserInterface parser, String sql) {
    try {
      parser.parseQuery(StatementText.withoutEnd(sql));
      return true;
    } catch (ParseException e) {
      return false;
    }
  }

  /** Every field of a case class is a part of it: no child, list, option or tuple is left out. */
  private void visit(@Nullable Object part) {
    if (part == null || parts.put(part, true) != null) {
      return;
    }
    if (part instanceof LogicalPlan node) {
      nodes.add(node);
    }
    if (part instanceof UnresolvedWith with) {
      CollectionConverters.asJava(with.cteRelations())
          .forEach(table -> commonTables.add(lower(((Product) table).productElement(0))));
    } else if (part instanceof UnresolvedFunction function) {
      function(CollectionConverters.asJava(function.nameParts()));
    } else if (part instanceof UnresolvedGenerator generator) {
      function(List.of(generator.name().funcName()));
    } else if (part instanceof UnresolvedTableValuedFunction function) {
      function(CollectionConverters.asJava(function.name()));
    }
    if (part instanceof scala.collection.Iterable<?> several) {
      CollectionConverters.asJava(several).forEach(this::visit);
    } else if (part instanceof scala.Function1 || part instanceof scala.Function2) {
      problem = "it computes a name (IDENTIFIER)"; // the parser left code to go on with
    } else if (part instanceof Product product) {
      CollectionConverters.asJava(product.productIterator()).forEachRemaining(this::visit);
    }
  }

  private void function(List<String> name) {
    if (FUNCTIONS.contains(lower(name.get(name.size() - 1)))) {
      problem = "it calls the function " + String.join(".", name);
    }
  }

  /**
   * @param other names that may stand beside those of tables
   */
  private void check(LogicalPlan node, Set<String> other) {
    if (node instanceof ScriptTransformation) {
      problem = "it hands rows to another program (TRANSFORM)";
    } else if (node instanceof Command || node instanceof ParsedStatement) {
      problem = "it has a part that is no query";
    } else if (node instanceof UnresolvedRelation relation && relation.isStreaming()) {
      problem = "it reads a table as a stream";
    } else if (node instanceof UnresolvedRelation relation && !relation.options().isEmpty()) {
      problem = "it reads a table with options";
    } else if (node.children().isEmpty()) {
      List<String> name = name((Product) node);
      if (name != null && !ours(name) && !other.contains(lower(String.join(".", name)))) {
        problem = "it reads " + String.join(".", name);
      } else if (name == null && !spelledOut(node)) {
        problem = "it has a part that is no query";
      }
    }
  }

  /** What a leaf says that it reads; null where it names nothing. */
  private static @Nullable List<String> name(Product leaf) {
    for (int i = 0; i < leaf.productArity(); i++) {
      if (leaf.productElementName(i).equals("multipartIdentifier")
          && leaf.productElement(i) instanceof scala.collection.Iterable<?> parts) {
        List<String> name = new ArrayList<>();
        CollectionConverters.asJava(parts).forEach(part -> name.add(part.toString()));
        return name;
      }
    }
    return null;
  }

  /** Whether the rows of a leaf, if it has any, stand in the statement. */
  private static boolean spelledOut(LogicalPlan leaf) {
    return leaf.productArity() == 0
        || leaf.resolved()
        || !leaf.expressions().isEmpty()
        || leaf instanceof UnresolvedTableValuedFunction;
  }

  private boolean ours(List<String> name) {
    if (name.isEmpty()) {
      return false;
    }
    String last = lower(name.get(name.size() - 1));
    return switch (lower(String.join(".", name.subList(0, name.size() - 1)))) {
      case "" -> TableStatements.NAMES.contains(last) || commonTables.contains(last);
      case "default", "spark_catalog.default" -> TableStatements.NAMES.contains(last);
      default -> false;
    };
  }

  private static String lower(Object name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }
}
