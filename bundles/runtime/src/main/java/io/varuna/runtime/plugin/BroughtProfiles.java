package io.varuna.runtime.plugin;

import io.varuna.api.manage.PropertyProfile;
import io.varuna.runtime.store.StoredProfile;
import io.varuna.runtime.store.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The profiles that plugins have brought. They are kept, so that rules have them before the plugins are there. Thread-safe. */
public final class BroughtProfiles {
    private final ProfileTable table;
    private volatile List<PropertyProfile> profiles;

    /** Reads what is kept. */
    public BroughtProfiles(Table<StoredProfile> table) {
        this.table = new ProfileTable(table);
        this.profiles = this.table.load();
    }

    public List<PropertyProfile> all() {
        return profiles;
    }

    /** Replaces all. */
    public synchronized void set(List<PropertyProfile> brought) {
        Map<String, PropertyProfile> wanted = new TreeMap<>();
        brought.forEach(profile -> wanted.putIfAbsent(ProfileTable.key(profile), profile));
        for (String key : table.keys()) {
            if (!wanted.containsKey(key)) {
                table.remove(key);
            }
        }
        wanted.values().forEach(table::put);
        profiles = List.copyOf(brought);
    }
}
