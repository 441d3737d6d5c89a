package io.varuna.plugin.simulator;

import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** A table of given records. Takes the properties of the source, so that both can share a profile; records wait for nothing here. */
@Component
@PluginType("simulator")
public final class SimulatorLookup implements LookupFactory<SimulatorSource.Config> {
    @Override
    public LookupSource open(
            SimulatorSource.Config config, List<String> columns, List<String> keyColumns, SourceContext context) {
        String where = "Table '" + context.stream() + "' of type 'simulator'";
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> record :
                SimulatorSource.records(context.properties().get("data"), where)) {
            rows.add(Literals.declared(record, context.schema(), context.clock()));
        }
        return new GivenRows(rows, keyColumns);
    }
}
