package io.varuna.sql.parser;

import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A number that knows how it was written: {@code 5.} and {@code 5e0} are no whole numbers, though their value is. */
public final class NumberLiteral extends SqlNumericLiteral {
    private final String image;

    private NumberLiteral(SqlNumericLiteral number, String image, SqlParserPos position) {
        super(number.bigDecimalValue(), number.getPrec(), number.getScale(), number.isExact(), position);
        this.image = image;
    }

    public static NumberLiteral exact(String image, SqlParserPos position) {
        return new NumberLiteral(SqlLiteral.createExactNumeric(image, position), image, position);
    }

    public static NumberLiteral approximate(String image, SqlParserPos position) {
        return new NumberLiteral(SqlLiteral.createApproxNumeric(image, position), image, position);
    }

    /** Tells whether the number has neither a point nor an exponent. */
    public boolean isWhole() {
        return image.chars().allMatch(Character::isDigit);
    }

    @Override
    public NumberLiteral clone(SqlParserPos position) {
        return new NumberLiteral(this, image, position);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.literal(image);
    }
}
