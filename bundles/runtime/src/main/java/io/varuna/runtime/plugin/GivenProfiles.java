package io.varuna.runtime.plugin;

import io.varuna.api.manage.PropertyProfile;
import io.varuna.runtime.store.StoredProfile;
import io.varuna.runtime.store.Table;
import java.util.ArrayList;
import java.util.List;

/** The profiles that were given by a command and are kept in the store. Thread-safe. */
public final class GivenProfiles {
    private final ProfileTable table;
    private volatile List<PropertyProfile> profiles;

    /** Reads what is kept. */
    public GivenProfiles(Table<StoredProfile> table) {
        this.table = new ProfileTable(table);
        this.profiles = this.table.load();
    }

    public List<PropertyProfile> all() {
        return profiles;
    }

    /** Keeps a profile in place of one that stands for the same. */
    public synchronized void put(PropertyProfile profile) {
        table.put(profile);
        List<PropertyProfile> changed = without(profile);
        changed.add(profile);
        profiles = List.copyOf(changed);
    }

    public synchronized void remove(PropertyProfile profile) {
        table.remove(ProfileTable.key(profile));
        profiles = List.copyOf(without(profile));
    }

    private List<PropertyProfile> without(PropertyProfile profile) {
        List<PropertyProfile> others = new ArrayList<>(profiles);
        others.removeIf(other -> other.isFor(profile.kind(), profile.type(), profile.name()));
        return others;
    }
}
