package io.varuna.engine.sink;

import io.varuna.api.error.VarunaException;
import io.varuna.engine.rule.OptionReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the engine itself does for a sink, whatever its type.
 *
 * @param emptyToo whether the empty result of a window without rows is sent, which only those get who ask for it
 * @param dataField the path of the member that is sent instead of the row; empty for the row
 * @param batchSize how many rows are put together as one result; 0 for as they come
 * @param linger how long a result is held back to be put together with others
 */
public record SinkOptions(
        boolean sendSingle,
        boolean omitIfEmpty,
        boolean emptyToo,
        List<String> fields,
        List<String> excludeFields,
        List<String> dataField,
        String dataTemplate,
        int batchSize,
        Duration linger,
        int bufferLength,
        String compression) {
    public SinkOptions {
        fields = List.copyOf(fields);
        excludeFields = List.copyOf(excludeFields);
        dataField = List.copyOf(dataField);
    }

    /**
     * Reads the options among the properties of an action.
     *
     * @param own tells which properties the plugin takes itself, so that the engine leaves them alone
     * @param problems gets a sentence for each that does not fit
     */
    public static SinkOptions of(
            Map<String, ? extends @Nullable Object> properties,
            int bufferLength,
            Predicate<String> own,
            List<String> problems) {
        OptionReader reader = new OptionReader(properties);
        String field = reader.text("dataField", reader.text("tableDataField", ""));
        boolean batches = !own.test("batchSize");
        SinkOptions options = new SinkOptions(
                reader.flag("sendSingle", false),
                reader.flag("omitIfEmpty", false),
                !reader.flag("omitIfEmpty", true),
                reader.texts("fields"),
                reader.texts("excludeFields"),
                field.isEmpty() || own.test("dataField") ? List.of() : List.of(field.split("\\.", -1)),
                reader.text("dataTemplate", ""),
                batches ? reader.whole("batchSize", 0, 0) : 0,
                batches ? reader.duration("lingerInterval", Duration.ZERO) : Duration.ZERO,
                Math.max(1, reader.whole("bufferLength", bufferLength, 0)),
                own.test("compression") ? "" : reader.text("compression", ""));
        List<String> found = new ArrayList<>(reader.problems());
        check(() -> Compression.of(options.compression), found);
        check(() -> new MessageTemplate(options.dataTemplate, options.sendSingle), found);
        problems.addAll(found);
        return options;
    }

    private static void check(Runnable use, List<String> problems) {
        try {
            use.run();
        } catch (VarunaException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
