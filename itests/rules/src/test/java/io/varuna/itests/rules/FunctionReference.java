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
    private static final Map<String, String> TITLES = Map.of(
            "aggregate", "Aggregate functions",
            "analytic", "Analytic functions",
            "array", "Arrays and rows",
            "conversion", "Conversion",
            "datetime", "Date and time",
            "hash", "Checksums",
            "json", "JSON",
            "math", "Mathematics",
            "object", "Objects",
            "string", "Texts");
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
