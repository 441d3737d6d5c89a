package io.varuna.api.manage;

import java.util.List;

/** A function that statements can call, for help and completion. */
public record FunctionDescription(
        String name, List<String> aliases, String kind, String signature, String doc, List<String> examples) {
    public FunctionDescription {
        aliases = List.copyOf(aliases);
        examples = List.copyOf(examples);
    }
}
