package io.varuna.runtime.plugin;

import io.varuna.api.manage.PluginKind;
import io.varuna.engine.plugin.PluginUse;
import java.util.Set;

/** Told when plugins come and go. */
public interface PluginListener {
    /** Something can be used from now on. Must return soon. */
    void arrived(PluginKind kind, String name);

    /** What is named goes. When this returns it is closed, so the rules that use it are stopped here. */
    void leaving(Set<PluginUse> uses);
}
