package io.varuna.runtime.plugin;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.runtime.store.StoredProfile;
import io.varuna.runtime.store.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The profiles that plugins have brought. They are kept, so that rules have them before the plugins are there. Thread-safe. */
public final class BroughtProfiles {
    private static final Logger LOG = LoggerFactory.getLogger(BroughtProfiles.class);
    private static final JSON JSON_FORM = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final Table<StoredProfile> table;
    private volatile List<PropertyProfile> profiles;

    /** Reads what is kept. */
    public BroughtProfiles(Table<StoredProfile> table) {
        this.table = table;
        List<PropertyProfile> known = new ArrayList<>();
        for (String key : table.names()) {
            table.get(key).ifPresent(stored -> {
                try {
                    known.add(read(stored));
                } catch (IOException | IllegalArgumentException e) {
                    LOG.error("Profile '{}' is stored in a form that is not understood: {}", key, e.getMessage());
                }
            });
        }
        this.profiles = List.copyOf(known);
    }

    public List<PropertyProfile> all() {
        return profiles;
    }

    /** Replaces all. */
    public synchronized void set(List<PropertyProfile> brought) {
        Map<String, StoredProfile> wanted = new TreeMap<>();
        brought.forEach(profile ->
                wanted.putIfAbsent(profile.kind() + "/" + profile.type() + "/" + profile.name(), stored(profile)));
        for (String key : table.names()) {
            if (!wanted.containsKey(key)) {
                table.remove(key);
            }
        }
        wanted.forEach((key, profile) -> {
            if (table.get(key).filter(profile::equals).isEmpty()) {
                table.put(key, profile);
            }
        });
        profiles = List.copyOf(brought);
    }

    private static PropertyProfile read(StoredProfile stored) throws IOException {
        return new PropertyProfile(
                PluginKind.valueOf(stored.kind()),
                stored.type(),
                stored.name(),
                stored.plugin(),
                JSON_FORM.mapFrom(stored.properties()));
    }

    private static StoredProfile stored(PropertyProfile profile) {
        try {
            return new StoredProfile(
                    profile.kind().name(),
                    profile.type(),
                    profile.name(),
                    profile.plugin(),
                    JSON_FORM.asString(profile.properties()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
