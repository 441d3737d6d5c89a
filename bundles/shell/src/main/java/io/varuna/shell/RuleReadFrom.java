package io.varuna.shell;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

@Service
@Command(
        scope = "rule",
        name = "read-from",
        description = "Has a rule with qos 1 or 2 read a stream on from another place; its state stays",
        detailedDescription =
                """
                Examples:
                  rule:read-from r1 demo
                    from the beginning
                  rule:read-from r1 demo readings.json=1024
                    each partition from its offset, as the source of the stream counts
                """)
public final class RuleReadFrom extends RuleAction {
    @Argument(name = "id", description = "Id of the rule", required = true)
    @Completion(RuleCompleter.class)
    String id = "";

    @Argument(index = 1, name = "stream", description = "Name of the stream", required = true)
    @Completion(StreamCompleter.class)
    String stream = "";

    @Argument(
            index = 2,
            name = "places",
            description = "PARTITION=OFFSET; without any, the stream is read from its beginning",
            multiValued = true)
    List<String> places = List.of();

    @Override
    void run(PrintStream out) throws CommandException {
        Map<String, String> offsets = new LinkedHashMap<>();
        for (String place : places) {
            // names of partitions, such as those of files, may have the sign as well
            int sign = place.lastIndexOf('=');
            if (sign < 0) {
                throw new CommandException("'" + place + "' is no place. Give PARTITION=OFFSET, such as p0=1024.");
            }
            offsets.put(place.substring(0, sign), place.substring(sign + 1));
        }
        rules.readFrom(id, stream, offsets);
        out.println("Rule '" + id + "' reads '" + stream + "' "
                + (offsets.isEmpty() ? "from its beginning." : "from another place."));
    }
}
