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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Profiles in a table of the store. Thread-safe. */
record ProfileTable(Table<StoredProfile> table) {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileTable.class);
    private static final JSON JSON_FORM = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    /** Returns the name under which a profile is kept. */
    static String key(PropertyProfile profile) {
        return profile.kind() + "/" + profile.type() + "/" + profile.name();
    }

    /** Returns all that can be read; what cannot is reported and left there. */
    List<PropertyProfile> load() {
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
        return List.copyOf(known);
    }

    List<String> keys() {
        return table.names();
    }

    /** Keeps a profile, unless it is kept already just so. */
    void put(PropertyProfile profile) {
        StoredProfile stored = stored(profile);
        if (table.get(key(profile)).filter(stored::equals).isEmpty()) {
            table.put(key(profile), stored);
        }
    }

    void remove(String key) {
        table.remove(key);
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
