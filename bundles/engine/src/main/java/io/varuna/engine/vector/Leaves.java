package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.expression.Evaluator;
import org.jspecify.annotations.Nullable;

/** Expressions that have no parts, as far as columns go. */
final class Leaves {
    private Leaves() {}

    /** A column of the batch. */
    static final class Reference extends ColumnExpression {
        private final int index;

        Reference(int index) {
            this.index = index;
        }

        int index() {
            return index;
        }

        @Override
        ColumnVector values(ColumnBatch batch, int[] places, int count) {
            return batch.column(index);
        }

        @Override
        boolean packs() {
            return true;
        }

        @Override
        @Nullable
        Lane lane(Lanes rows) {
            return rows.column(index);
        }
    }

    /** Always the same. */
    static final class Constant extends ColumnExpression {
        private final ColumnVector value = new ColumnVector(1);

        Constant(@Nullable Object value) {
            this.value.put(0, value);
        }

        /** Makes a constant, a text as bytes. */
        static Constant of(@Nullable Object value) {
            Constant constant = new Constant(value);
            if (value instanceof String text) {
                byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                constant.value.putText(0, bytes, 0, bytes.length);
            }
            return constant;
        }

        @Override
        ColumnVector constant() {
            return value;
        }

        @Override
        boolean packs() {
            byte tag = value.tag(0);
            return tag == ColumnVector.LONG || tag == ColumnVector.DOUBLE;
        }

        @Override
        @Nullable
        Lane lane(Lanes rows) {
            if (!packs()) {
                return null;
            }
            return value.tag(0) == ColumnVector.LONG
                    ? rows.take().fill(value.longAt(0), rows.count())
                    : rows.take().fill(value.doubleAt(0), rows.count());
        }

        @Override
        ColumnVector values(ColumnBatch batch, int[] places, int count) {
            ColumnVector values = batch.scratch().vector(batch.rows());
            Object object = value.get(0);
            for (int i = 0; i < count; i++) {
                values.put(places[i], object);
            }
            return values;
        }
    }

    /** The times of the rows. */
    static final class RowTime extends ColumnExpression {
        @Override
        ColumnVector values(ColumnBatch batch, int[] places, int count) {
            ColumnVector values = batch.scratch().vector(batch.rows());
            for (int i = 0; i < count; i++) {
                values.putLong(places[i], batch.time(places[i]));
            }
            return values;
        }

        @Override
        boolean packs() {
            return true;
        }

        @Override
        Lane lane(Lanes rows) {
            return rows.times();
        }
    }

    /** Whatever an evaluator of rows says, asked row by row. */
    static final class Plain extends ColumnExpression {
        private final Evaluator evaluator;
        private final int[] inputs;
        private final @Nullable Object[] row;

        Plain(Evaluator evaluator, int[] inputs) {
            this.evaluator = evaluator;
            this.inputs = inputs;
            this.row = new @Nullable Object[inputs.length == 0 ? 0 : inputs[inputs.length - 1] + 1];
        }

        private @Nullable Object value(ColumnBatch batch, int place) throws Exception {
            return evaluator.value(fill(batch, place), batch.time(place));
        }

        /** Returns a row that has the values which the evaluator looks at; used again for the next one. */
        private @Nullable Object[] fill(ColumnBatch batch, int place) {
            for (int input : inputs) {
                row[input] = batch.column(input).get(place);
            }
            return row;
        }

        boolean holds(ColumnBatch batch, int place) throws Exception {
            return evaluator.holds(fill(batch, place), batch.time(place));
        }

        /** Puts the value of one row into a vector; throws if it cannot be evaluated. */
        void put(ColumnBatch batch, int place, ColumnVector into) throws Exception {
            into.put(place, value(batch, place));
        }

        @Override
        ColumnVector values(ColumnBatch batch, int[] places, int count) {
            ColumnVector values = batch.scratch().vector(batch.rows());
            for (int i = 0; i < count; i++) {
                try {
                    values.put(places[i], value(batch, places[i]));
                } catch (Exception | Error e) {
                    // it will fail again where somebody can report it
                    values.putUndecided(places[i]);
                }
            }
            return values;
        }

        @Override
        void select(ColumnBatch batch, int[] places, int count, Selection selected) {
            for (int i = 0; i < count; i++) {
                try {
                    selected.add(places[i], holds(batch, places[i]) ? 1 : 0);
                } catch (Exception | Error e) {
                    selected.undecided(places[i]);
                }
            }
        }
    }
}
