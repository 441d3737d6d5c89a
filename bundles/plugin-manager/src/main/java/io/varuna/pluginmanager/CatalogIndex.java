package io.varuna.pluginmanager;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.manage.PluginKind;
import io.varuna.pluginmanager.CatalogEntry.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.osgi.framework.Version;

/** The list in a catalogue: the file {@code index.json} in a jar, which can be signed. */
final class CatalogIndex {
    static final String FILE = "index.json";

    private static final int FORMAT = 1;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private CatalogIndex() {}

    /** Reads the list in a jar. */
    static List<CatalogEntry> read(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(FILE);
            if (entry == null) {
                throw new IOException("it has no '" + FILE + "'");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                byte[] text = in.readNBytes(MOST_BYTES + 1);
                if (text.length > MOST_BYTES) {
                    throw new IOException("its '" + FILE + "' is larger than " + MOST_BYTES + " bytes");
                }
                return parse(new String(text, StandardCharsets.UTF_8));
            }
        }
    }

    static List<CatalogEntry> parse(String text) throws IOException {
        JsonMembers document = JsonMembers.of(JSON.std.anyFrom(text));
        if (document.number("format") > FORMAT) {
            throw new IOException(
                    "its format is " + document.number("format") + ", this version of Varuna knows " + FORMAT);
        }
        List<CatalogEntry> entries = new ArrayList<>();
        for (JsonMembers plugin : document.objects("plugins")) {
            entries.add(entry(plugin));
        }
        return entries.stream().sorted(CatalogEntry.ORDER).toList();
    }

    private static CatalogEntry entry(JsonMembers plugin) throws IOException {
        List<Offer> offers = new ArrayList<>();
        JsonMembers byKind = JsonMembers.of(plugin.members().get("offers"));
        for (PluginKind kind : PluginKind.values()) {
            if (byKind.members().containsKey(kind.plural())) {
                byKind.texts(kind.plural()).forEach(name -> offers.add(new Offer(kind, name)));
            }
        }
        List<Part> parts = new ArrayList<>();
        for (JsonMembers part : plugin.objects("files")) {
            parts.add(new Part(part.text("file"), part.number("bytes"), part.text("sha256")));
        }
        if (parts.isEmpty()) {
            throw new IOException("plugin '" + plugin.text("name") + "' has no files");
        }
        return new CatalogEntry(
                plugin.text("name"),
                version(plugin.text("version")),
                plugin.text("description"),
                offers,
                plugin.texts("functions"),
                plugin.textsByName("api"),
                (int) Math.min(plugin.number("java"), Integer.MAX_VALUE),
                parts);
    }

    private static Version version(String text) throws IOException {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + text + "' is not a version", e);
        }
    }

    static String text(List<CatalogEntry> entries) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put(
                "plugins",
                entries.stream()
                        .sorted(CatalogEntry.ORDER)
                        .map(CatalogIndex::members)
                        .toList());
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(document);
    }

    private static Map<String, Object> members(CatalogEntry entry) {
        Map<String, Object> offers = new LinkedHashMap<>();
        Arrays.stream(PluginKind.values())
                .filter(kind -> entry.offersByKind().containsKey(kind))
                .forEach(kind -> offers.put(kind.plural(), entry.offersByKind().get(kind)));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", entry.name());
        members.put("version", entry.version().toString());
        members.put("description", entry.description());
        members.put("offers", offers);
        members.put("functions", entry.functions());
        members.put("api", new TreeMap<>(entry.api()));
        members.put("java", entry.java());
        members.put("files", entry.parts().stream().map(CatalogIndex::members).toList());
        return members;
    }

    private static Map<String, Object> members(Part part) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("file", part.file());
        members.put("bytes", part.bytes());
        members.put("sha256", part.sha256());
        return members;
    }
}
