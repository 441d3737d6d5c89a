package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private RestServer server;
    private Map<String, Object> document;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
        document = Json.object(server.get("/openapi.json").body(), "The document");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void everyRouteIsDescribedAndTheReverse() {
        TreeSet<String> described = new TreeSet<>();
        operations().forEach((operation, description) -> described.add(operation));
        TreeSet<String> served = new TreeSet<>();
        server.servlet().routes().forEach(route -> served.add(route.method() + " " + route.template()));

        assertThat(described).isEqualTo(served);
    }

    @Test
    void everyParameterOfAPathIsDescribed() {
        operations().forEach((operation, description) -> {
            List<String> inPath = new ArrayList<>();
            for (String part : operation.split("/", -1)) {
                if (Route.isParameter(part)) {
                    inPath.add(part.substring(1, part.length() - 1));
                }
            }
            List<Object> parameters = new ArrayList<>();
            if (description.get("parameters") instanceof List<?> list) {
                for (Object parameter : list) {
                    Map<String, Object> members = members(parameter);
                    if ("path".equals(members.get("in"))) {
                        parameters.add(members.get("name"));
                    }
                }
            }
            assertThat(parameters).as(operation).isEqualTo(inPath);
        });
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collectReferences(document, references);

        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            Object place = document;
            for (String part : reference.substring(2).split("/", -1)) {
                place = members(place).get(part);
                assertThat(place).as(reference).isNotNull();
            }
        });
    }

    private Map<String, Map<String, Object>> operations() {
        Map<String, Map<String, Object>> operations = new TreeMap<>();
        members(document.get("paths")).forEach((path, methods) -> members(methods)
                .forEach((method, description) ->
                        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, members(description))));
        return operations;
    }

    private static void collectReferences(Object value, List<String> references) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String reference) {
                references.add(reference);
            }
            map.values().forEach(member -> collectReferences(member, references));
        }
        if (value instanceof List<?> list) {
            list.forEach(element -> collectReferences(element, references));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
