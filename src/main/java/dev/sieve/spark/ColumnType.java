package dev.sieve.spark;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** A type of column, in SQL and in Parquet. Every column may be NULL. */
enum ColumnType {
  TEXT("STRING") {
    @Override
    Type parquet(String name) {
      return Types.optional(BINARY).as(stringType()).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, (String) value);
    }
  },
  INT("INT") {
    @Override
    Type parquet(String name) {
      return Types.optional(INT32).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, (int) (Integer) value);
    }
  },
  LONG("BIGINT") {
    @Override
    Type parquet(String name) {
      return Types.optional(INT64).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, (long) (Long) value);
    }
  },
  /** NaN and infinity are stored as NULL: Spark sorts NaN first where the best is asked for. */
  REAL("DOUBLE") {
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
  },
  FLAG("BOOLEAN") {
    @Override
    Type parquet(String name) {
      return Types.optional(BOOLEAN).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, (boolean) (Boolean) value);
    }
  },
  TIME("TIMESTAMP") {
    @Override
    Type parquet(String name) {
      return Types.optional(INT64).as(timestampType(true, TimeUnit.MICROS)).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      row.add(name, ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
    }
  },
  TEXT_MAP("MAP<STRING, STRING>") {
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
  },
  INTS("ARRAY<INT>") {
    @Override
    Type parquet(String name) {
      return Types.optionalList().element(integer(INT32)).named(name);
    }

    @Override
    void write(Group row, String name, Object value) {
      writeInts(row.addGroup(name), (List<?>) value);
    }
  },
  INT_MATRIX("ARRAY<ARRAY<INT>>") {
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
  };

  private final String sql;

  ColumnType(String sql) {
    this.sql = sql;
  }

  /** As {@code CREATE TABLE} writes it. */
  String sql() {
    return sql;
  }

  abstract Type parquet(String name);

  /** Adds a value to a row; NULL is what is not added. */
  abstract void write(Group row, String name, Object value);

  private static Type integer(PrimitiveTypeName type) {
    return Types.optional(type).named("element");
  }

  private static void writeInts(Group list, List<?> values) {
    for (Object value : values) {
      list.addGroup(0).append("element", (int) (Integer) value);
    }
  }
}
