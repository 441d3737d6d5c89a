package io.varuna.plugin.mysql;

import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import io.varuna.api.plugin.PluginContext;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.Sink;
import io.varuna.plugin.mysql.TableColumns.TableColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to one table: each in one transaction, as multi-row inserts. If the server refuses the batch because of
 * its data, it is written again row by row, so that only the bad rows are left out.
 */
final class TableWriter implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

    private final Borrower borrower;
    private final String table;
    private final List<String> fields;
    private final OnDuplicate onDuplicate;
    private final PluginContext context;
    private final Set<String> reported = new TreeSet<>();
    private @Nullable TableColumns columns;

    TableWriter(
            HikariDataSource pool, String table, List<String> fields, OnDuplicate onDuplicate, PluginContext context) {
        this.borrower = new Borrower(pool, table, context);
        this.table = table;
        this.fields = fields;
        this.onDuplicate = onDuplicate;
        this.context = context;
    }

    @Override
    public void write(Batch batch) throws SQLException, RejectedRowsException {
        try (Connection connection = borrower.connect()) {
            try {
                write(connection, batch);
            } catch (SQLException e) {
                rollback(connection, e);
                throw e;
            }
            borrower.succeeded();
        } catch (SQLException e) {
            // the table may have been changed meanwhile: ask again
            columns = null;
            throw borrower.failed(e);
        }
    }

    private void write(Connection connection, Batch batch) throws SQLException, RejectedRowsException {
        TableColumns target = columns;
        if (target == null) {
            target = TableColumns.of(connection, table);
            columns = target;
        }
        Map<BitSet, InsertStatement> statements = new LinkedHashMap<>();
        try {
            insertAll(connection, batch, target, statements);
            connection.commit();
        } catch (SQLException e) {
            if (SqlFailures.isTransient(e)) {
                throw e;
            }
            connection.rollback();
            insertOneByOne(connection, batch, target, statements);
        }
    }

    /** Inserts runs of rows that have the same columns, keeping the order. */
    private void insertAll(
            Connection connection, Batch batch, TableColumns target, Map<BitSet, InsertStatement> statements)
            throws SQLException {
        int row = 0;
        while (row < batch.size()) {
            BitSet present = presence(batch.row(row));
            InsertStatement insert = statement(present, batch.schema(), target, statements);
            if (insert.isEmpty()) {
                row++;
                continue;
            }
            try (PreparedStatement prepared = connection.prepareStatement(insert.text())) {
                do {
                    insert.bind(prepared, batch.row(row));
                    prepared.addBatch();
                    row++;
                } while (row < batch.size() && isPresence(present, batch.row(row)));
                prepared.executeBatch();
            }
        }
    }

    private void insertOneByOne(
            Connection connection, Batch batch, TableColumns target, Map<BitSet, InsertStatement> statements)
            throws SQLException, RejectedRowsException {
        Map<Integer, Exception> refused = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Row row = batch.row(i);
            InsertStatement insert = statement(presence(row), batch.schema(), target, statements);
            if (insert.isEmpty()) {
                continue;
            }
            Savepoint before = connection.setSavepoint();
            try (PreparedStatement prepared = connection.prepareStatement(insert.text())) {
                insert.bind(prepared, row);
                prepared.executeUpdate();
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                if (SqlFailures.isTransient(e)) {
                    throw e;
                }
                connection.rollback(before);
                refused.put(i, e);
            }
        }
        connection.commit();
        if (!refused.isEmpty()) {
            throw new RejectedRowsException(refused);
        }
    }

    private InsertStatement statement(
            BitSet present, Schema schema, TableColumns target, Map<BitSet, InsertStatement> statements)
            throws SQLException {
        InsertStatement known = statements.get(present);
        if (known != null) {
            return known;
        }
        List<TableColumn> filled = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
            String name = schema.columns().get(i).name();
            if (!fields.isEmpty() && !fields.contains(name)) {
                continue;
            }
            TableColumn column = target.find(name);
            if (column != null) {
                filled.add(column);
                positions.add(i);
            } else if (fields.contains(name)) {
                throw new SQLSyntaxErrorException("Table '" + table + "' has no column '" + name
                        + "', which 'fields' names. It has: " + String.join(", ", target.names()));
            } else if (reported.add(name)) {
                LOG.info("Rule '{}': table '{}' has no column '{}', so it is left out", context.ruleId(), table, name);
            }
        }
        if (filled.isEmpty() && reported.add("")) {
            LOG.warn(
                    "Rule '{}': table '{}' has none of the columns of the output, so nothing is inserted. It has: {}",
                    context.ruleId(),
                    table,
                    String.join(", ", target.names()));
        }
        InsertStatement insert = InsertStatement.of(table, filled, positions, onDuplicate);
        statements.put(present, insert);
        return insert;
    }

    private static BitSet presence(Row row) {
        BitSet present = new BitSet(row.schema().size());
        for (int i = 0; i < row.schema().size(); i++) {
            if (row.isPresent(i)) {
                present.set(i);
            }
        }
        return present;
    }

    private static boolean isPresence(BitSet present, Row row) {
        for (int i = 0; i < row.schema().size(); i++) {
            if (row.isPresent(i) != present.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static void rollback(Connection connection, SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
