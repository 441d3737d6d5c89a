package io.varuna.itests.rules;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The part of the manual about functions that is made of their definitions: a table for each bundle of functions. */
final class FunctionReference {
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("aggregate", "Aggregate functions"),
            Map.entry("analytic", "Analytic functions"),
            Map.entry("array", "Arrays and rows"),
            Map.entry("conversion", "Conversion"),
            Map.entry("datetime", "Date and time"),
            Map.entry("geohash", "Geohashes"),
            Map.entry("hash", "Checksums"),
            Map.entry("image", "Images"),
            Map.entry("json", "JSON"),
            Map.entry("math", "Mathematics"),
            Map.entry("object", "Objects"),
            Map.entry("samples", "Samples"),
            Map.entry("string", "Texts"));
    private static final String OTHERS = "Others";

    private FunctionReference() {}

    /** Returns the functions of each category, by name. */
    static Map<String, List<FunctionDefinition>> categories() {
        Map<String, List<FunctionDefinition>> categories = new TreeMap<>();
        for (FunctionLibrary library : StandardPlugins.libraries()) {
            String packageName = library.getClass().getPackageName();
            String category = packageName.substring(packageName.lastIndexOf('.') + 1);
            categories
                    .computeIfAbsent(TITLES.getOrDefault(category, OTHERS), title -> new ArrayList<>())
                    .addAll(library.functions());
        }
        categories.values().forEach(functions -> functions.sort(Comparator.comparing(FunctionDefinition::name)));
        return categories;
    }

    static String text() {
        StringBuilder text = new StringBuilder();
        categories().forEach((title, functions) -> {
            text.append("\n## ").append(title).append("\n\n");
            text.append("| function | what it does | examples |\n|---|---|---|\n");
            functions.forEach(function -> text.append(row(function)));
        });
        return text.toString();
    }

    private static String row(FunctionDefinition function) {
        String aliases = function.aliases().isEmpty()
                ? ""
                : " Also called "
                        + function.aliases().stream()
                                .map(FunctionReference::code)
                                .collect(Collectors.joining(", "))
                        + ".";
        String examples =
                function.examples().stream().map(FunctionReference::code).collect(Collectors.joining("<br>"));
        return "| " + code(function.signature()) + " | " + cell(function.doc() + aliases) + " | " + examples + " |\n";
    }

    /** Writes code in a cell of a table, where a bar would end it. */
    private static String code(String code) {
        String fence = code.contains("`") ? "``" : "`";
        return cell(fence + code + fence);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
