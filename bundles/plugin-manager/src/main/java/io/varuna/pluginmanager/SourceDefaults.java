package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The properties of a source that lie in a zip as eKuiper has them: a YAML file with the name of the source, and in it a
 * section of properties for each name that {@code CONF_KEY} can take. The section {@code default} counts for all of them.
 *
 * @param path in the zip
 */
record SourceDefaults(String path, String text) {
    private static final String DEFAULT = "default";
    private static final int DEEPEST = 20;
    /** Each use of an anchor is a copy in the end, and those of anchors within anchors multiply. */
    private static final int MOST_ALIASES = 10;

    /** Returns the source that the file is for. */
    String source() {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.substring(0, file.lastIndexOf('.'));
    }

    /** Returns what is in it; fails if that is not of this form. */
    List<PropertyProfile> profiles(String plugin) {
        Map<String, Map<String, @Nullable Object>> sections = new LinkedHashMap<>();
        if (!(load() instanceof Map<?, ?> document)) {
            throw wrong("is not a map of sections, such as 'default', to properties");
        }
        document.forEach((name, section) -> {
            if (!(section instanceof Map<?, ?> properties)) {
                throw wrong("has a section '" + name + "' that is not a map of properties");
            }
            sections.put(String.valueOf(name), members(properties, 1));
        });
        Map<String, @Nullable Object> common = sections.getOrDefault(DEFAULT, Map.of());
        List<PropertyProfile> profiles = new ArrayList<>();
        sections.forEach((name, properties) -> {
            Map<String, @Nullable Object> all = new LinkedHashMap<>(common);
            all.putAll(properties);
            profiles.add(new PropertyProfile(PluginKind.SOURCE, source(), name, plugin, all));
        });
        return profiles;
    }

    private @Nullable Object load() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            // makes texts, numbers, lists and maps, and no object of any other class
            return new Yaml(new SafeConstructor(options)).load(text);
        } catch (MarkedYAMLException e) {
            String place = e.getProblemMark() == null
                    ? ""
                    : " in line " + (e.getProblemMark().getLine() + 1) + ", column "
                            + (e.getProblemMark().getColumn() + 1);
            throw Rejection.of(message("is not YAML that can be used" + place + ": " + e.getProblem()), e);
        } catch (YAMLException e) {
            throw Rejection.of(message("is not YAML that can be used: " + e.getMessage()), e);
        }
    }

    private Map<String, @Nullable Object> members(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value(value, depth)));
        return members;
    }

    private @Nullable Object value(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            // an anchor can contain itself
            throw wrong("has values within values, more than " + DEEPEST + " deep");
        }
        if (value instanceof Map<?, ?> map) {
            return members(map, depth + 1);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(value(element, depth + 1)));
            return elements;
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw wrong("has the value '" + value + "', which is no text, number, truth value, list or map. Put a text into"
                + " quotes");
    }

    private RuntimeException wrong(String what) {
        return Rejection.of(message(what));
    }

    private String message(String what) {
        return "The properties in '" + path + "' of the file cannot be read: it " + what + ". Mend it, or leave it out";
    }
}
