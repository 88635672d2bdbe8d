package dev.sieve.spark;

import dev.sieve.spark.sql.TableRegistrar;
import dev.sieve.spark.sql.TableStatements;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.DelegatingCatalogExtension;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;

/**
 * Makes the result tables known to any Spark SQL session that has the jar and two settings: {@code
 * spark.sql.catalog.spark_catalog=dev.sieve.spark.SieveCatalog} and {@code
 * spark.sieve.results=DIR}. The tables and views enter the in-memory session catalog when one of
 * them is first asked for; everything else is Spark's own catalog, unchanged.
 *
 * <p>{@code SHOW VIEWS} reads Spark's catalog directly and lists only what has been asked for;
 * {@code SHOW TABLES} lists all. Nothing is made known when a namespace is looked up: Spark holds
 * the lock of its catalogs then, and the statements that make a view need it.
 */
public final class SieveCatalog extends DelegatingCatalogExtension {
  private final TableRegistrar adoption = new TableRegistrar(this::existing);

  @Override
  public Table loadTable(Identifier ident) throws NoSuchTableException {
    prepare(ident);
    return super.loadTable(ident);
  }

  @Override
  public Table loadTable(Identifier ident, Set<TableWritePrivilege> privileges)
      throws NoSuchTableException {
    prepare(ident);
    return super.loadTable(ident, privileges);
  }

  @Override
  public boolean tableExists(Identifier ident) {
    prepare(ident);
    return super.tableExists(ident);
  }

  @Override
  public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
    adoption.ensure(SparkSession.active(), TableStatements.NAMES);
    return super.listTables(namespace);
  }

  private void prepare(Identifier ident) {
    String name = ident.name().toLowerCase(Locale.ROOT);
    if (!TableStatements.NAMES.contains(name) || !inDefault(ident)) {
      return;
    }
    adoption.ensure(SparkSession.active(), List.of(name));
    if (TableStatements.isTable(name)) {
      // Spark keeps a table's list of files; without this a session that has selected once would
      // never see what arrived since.
      super.invalidateTable(ident);
    }
  }

  private static boolean inDefault(Identifier ident) {
    return ident.namespace().length == 1 && ident.namespace()[0].equalsIgnoreCase("default");
  }

  /** What the session catalog has under a name. */
  private TableRegistrar.Existing existing(String name) {
    try {
      Table table = super.loadTable(Identifier.of(new String[] {"default"}, name));
      String owner = table.properties().get(TableStatements.OWNER);
      return new TableRegistrar.Existing(true, owner == null ? "" : owner);
    } catch (NoSuchTableException e) {
      return new TableRegistrar.Existing(false, "");
    }
  }
}
