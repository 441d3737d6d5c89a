package io.varuna.engine.plugin;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of the properties that every source or sink has. */
final class CommonProperties {
    static final Set<String> SOURCE = names(
            "confKey",
            "connectionSelector",
            "decompression",
            "format",
            "key",
            "schemaId",
            "delimiter",
            "fields",
            "bufferLength",
            "lookup");

    static final Set<String> SINK = names(
            "sendSingle",
            "omitIfEmpty",
            "fields",
            "excludeFields",
            "dataField",
            "tableDataField",
            "dataTemplate",
            "format",
            "schemaId",
            "delimiter",
            "hasHeader",
            "batchSize",
            "lingerInterval",
            "bufferLength",
            "concurrency",
            "compression",
            "enableCache",
            "memoryCacheThreshold",
            "maxDiskCache",
            "bufferPageSize",
            "resendInterval",
            "cleanCacheAtStop",
            "resendAlterQueue",
            "resendPriority",
            "resendIndicatorField",
            "resendDestination",
            "resourceId",
            "connectionSelector",
            "runAsync",
            "retryInterval",
            "retryCount");

    private CommonProperties() {}

    private static Set<String> names(String... names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
    }
}
