package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.rel.type.RelDataTypeImpl;
import org.apache.calcite.rel.type.RelDataTypePrecedenceList;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** Our types as Calcite's, and back. Every value may be NULL. */
final class Types {
    private Types() {}

    /** Makes Calcite's types; those of unlike values have no common one, and become ANY. */
    static final class Factory extends JavaTypeFactoryImpl {
        @Override
        public RelDataType leastRestrictive(List<RelDataType> types) {
            return toCalcite(common(types.stream().map(Types::fromCalcite).toList()), this);
        }

        @Override
        public Charset getDefaultCharset() {
            return StandardCharsets.UTF_8;
        }
    }

    /** A type that is opaque to Calcite. */
    private static final class Opaque extends RelDataTypeImpl {
        private final DataType type;
        private final RelDataTypePrecedenceList precedence;

        Opaque(DataType type, RelDataTypePrecedenceList precedence) {
            this.type = type;
            this.precedence = precedence;
            computeDigest();
        }

        @Override
        protected void generateTypeString(StringBuilder text, boolean withDetail) {
            text.append(type);
        }

        @Override
        public boolean isNullable() {
            return true;
        }

        @Override
        public SqlTypeName getSqlTypeName() {
            return SqlTypeName.ANY;
        }

        @Override
        public RelDataTypeFamily getFamily() {
            return SqlTypeFamily.ANY;
        }

        @Override
        public RelDataTypePrecedenceList getPrecedenceList() {
            return precedence;
        }
    }

    static RelDataType toCalcite(DataType type, RelDataTypeFactory factory) {
        SqlTypeName name =
                switch (type.kind()) {
                    case BOOLEAN -> SqlTypeName.BOOLEAN;
                    case BIGINT -> SqlTypeName.BIGINT;
                    case DOUBLE -> SqlTypeName.DOUBLE;
                    case VARCHAR -> SqlTypeName.VARCHAR;
                    case VARBINARY -> SqlTypeName.VARBINARY;
                    case TIMESTAMP -> SqlTypeName.TIMESTAMP;
                    case ARRAY, STRUCT, ANY -> SqlTypeName.ANY;
                };
        return name == SqlTypeName.ANY
                ? new Opaque(type, factory.createSqlType(SqlTypeName.ANY).getPrecedenceList())
                : factory.createTypeWithNullability(factory.createSqlType(name), true);
    }

    static DataType fromCalcite(RelDataType type) {
        if (type instanceof Opaque opaque) {
            return opaque.type;
        }
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> DataType.BIGINT;
            case DECIMAL, REAL, FLOAT, DOUBLE -> DataType.DOUBLE;
            case CHAR, VARCHAR -> DataType.VARCHAR;
            case BINARY, VARBINARY -> DataType.VARBINARY;
            case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DataType.TIMESTAMP;
                // whatever else Calcite comes up with, only the data will tell
            default -> DataType.ANY;
        };
    }

    /** Returns the type of values of all the types. */
    static DataType common(List<DataType> types) {
        if (types.isEmpty()) {
            return DataType.ANY;
        }
        DataType first = types.get(0);
        return types.stream().allMatch(first::equals) ? first : DataType.ANY;
    }

    /** Returns the simple type with a name of either dialect. */
    static Optional<DataType> simple(String name) {
        return Optional.ofNullable(
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "BIGINT", "INT", "INTEGER", "SMALLINT", "TINYINT" -> DataType.BIGINT;
                    case "FLOAT", "DOUBLE", "REAL", "DECIMAL", "NUMERIC" -> DataType.DOUBLE;
                    case "STRING", "VARCHAR", "CHAR", "TEXT" -> DataType.VARCHAR;
                    case "BOOLEAN", "BOOL" -> DataType.BOOLEAN;
                    case "DATETIME", "TIMESTAMP" -> DataType.TIMESTAMP;
                    case "BYTEA", "VARBINARY", "BINARY" -> DataType.VARBINARY;
                    case "STRUCT" -> DataType.struct(Schema.OPEN);
                    case "ARRAY" -> DataType.array(DataType.ANY);
                    default -> null;
                });
    }
}
