package dev.sieve.spark.table;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A type of column, in SQL and in Parquet. Every column may be NULL. */
public enum ColumnType {
  TEXT(DataTypes.StringType) {
    @Override
    Type parquet(String name) {
      return Types.optional(BINARY).as(stringType()).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, (String) value);
    }

    @Override
    public Object read(Group row, int field) {
      return row.getString(field, 0);
    }
  },
  INT(DataTypes.IntegerType) {
    @Override
    Type parquet(String name) {
      return Types.optional(INT32).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, (int) (Integer) value);
    }

    @Override
    public Object read(Group row, int field) {
      return row.getInteger(field, 0);
    }
  },
  LONG(DataTypes.LongType) {
    @Override
    Type parquet(String name) {
      return Types.optional(INT64).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, (long) (Long) value);
    }

    @Override
    public Object read(Group row, int field) {
      return row.getLong(field, 0);
    }
  },
  /** NaN and infinity are stored as NULL: Spark sorts NaN first where the best is asked for. */
  REAL(DataTypes.DoubleType) {
    @Override
    Type parquet(String name) {
      return Types.optional(DOUBLE).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      double number = (Double) value;
      if (Double.isFinite(number)) {
        row.add(name, number);
      }
    }

    @Override
    public Object read(Group row, int field) {
      return row.getDouble(field, 0);
    }
  },
  FLAG(DataTypes.BooleanType) {
    @Override
    Type parquet(String name) {
      return Types.optional(BOOLEAN).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, (boolean) (Boolean) value);
    }

    @Override
    public Object read(Group row, int field) {
      return row.getBoolean(field, 0);
    }
  },
  TIME(DataTypes.TimestampType) {
    @Override
    Type parquet(String name) {
      return Types.optional(INT64).as(timestampType(true, TimeUnit.MICROS)).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
    }

    @Override
    public Object read(Group row, int field) {
      return Timestamp.from(Instant.EPOCH.plus(row.getLong(field, 0), ChronoUnit.MICROS));
    }
  },
  TEXT_MAP(DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType)) {
    @Override
    Type parquet(String name) {
      Type key = Types.required(BINARY).as(stringType()).named("key");
      Type value = Types.optional(BINARY).as(stringType()).named("value");
      return Types.optionalMap().key(key).value(value).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      Group entries = row.addGroup(name);
      ((Map<?, ?>) value)
          .forEach(
              (k, v) -> entries.addGroup(0).append("key", (String) k).append("value", (String) v));
    }

    @Override
    public Object read(Group row, int field) {
      return CollectionConverters.asScala(texts(row.getGroup(field, 0)));
    }
  },
  INTS(DataTypes.createArrayType(DataTypes.IntegerType)) {
    @Override
    Type parquet(String name) {
      return Types.optionalList().element(integer(INT32)).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      writeInts(row.addGroup(name), (List<?>) value);
    }

    @Override
    public Object read(Group row, int field) {
      return ints(row.getGroup(field, 0));
    }
  },
  INT_MATRIX(DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.IntegerType))) {
    @Override
    Type parquet(String name) {
      return Types.optionalList().element(INTS.parquet("element")).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      Group rows = row.addGroup(name);
      for (Object line : (List<?>) value) {
        writeInts(rows.addGroup(0).addGroup("element"), (List<?>) line);
      }
    }

    @Override
    public Object read(Group row, int field) {
      return matrix(row.getGroup(field, 0));
    }
  };

  private final DataType spark;

  ColumnType(DataType spark) {
    this.spark = spark;
  }

  DataType spark() {
    return spark;
  }

  /** Whether values have parts: maps and arrays. */
  boolean nested() {
    return this == TEXT_MAP || this == INTS || this == INT_MATRIX;
  }

  /** As {@code CREATE TABLE} writes it. */
  public String sql() {
    return spark.sql();
  }

  abstract Type parquet(String name);

  /** Adds a value to a row; NULL is what is not added. */
  abstract void write(Group row, String name, Object value);

  /** The value that a row has, as Spark's rows hold it. */
  public abstract Object read(Group row, int field);

  private static Type integer(PrimitiveTypeName type) {
    return Types.optional(type).named("element");
  }

  private static void writeInts(Group list, List<?> values) {
    for (Object value : values) {
      list.addGroup(0).append("element", (int) (Integer) value);
    }
  }

  private static Map<String, @Nullable String> texts(Group entries) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
      Group entry = entries.getGroup(0, i);
      boolean empty = entry.getFieldRepetitionCount("value") == 0;
      texts.put(entry.getString("key", 0), empty ? null : entry.getString("value", 0));
    }
    return texts;
  }

  private static Seq<Integer> ints(Group list) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      values.add(list.getGroup(0, i).getInteger("element", 0));
    }
    return CollectionConverters.asScala(values).toSeq();
  }

  private static Seq<Seq<Integer>> matrix(Group list) {
    List<Seq<Integer>> lines = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      lines.add(ints(list.getGroup(0, i).getGroup("element", 0)));
    }
    return CollectionConverters.asScala(lines).toSeq();
  }
}
