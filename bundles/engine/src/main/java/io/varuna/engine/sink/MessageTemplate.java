package io.varuna.engine.sink;

import io.varuna.api.data.Row;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.template.Template;
import java.util.List;

/** The text of messages. */
final class MessageTemplate {
    private final Template template;
    private final boolean single;

    /** Creates the template; {@code single} makes the row the dot, otherwise it is the list of rows. */
    MessageTemplate(String text, boolean single) {
        this.template = Template.of(text);
        this.single = single;
    }

    String text(List<OutputRow> result) {
        return single
                ? template.fill(result.get(0).toMap())
                : template.fill(result.stream().map(Row::toMap).toList());
    }
}
