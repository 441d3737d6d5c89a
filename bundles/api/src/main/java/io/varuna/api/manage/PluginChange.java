package io.varuna.api.manage;

import java.util.List;

/**
 * What an installation, upgrade, rollback or removal did, or would do.
 *
 * @param plugin the name of the plugin
 * @param from the version that was used before; empty if the plugin was not there
 * @param to the version that is used now; empty if the plugin is gone
 * @param rules what it means for the rules that use the plugin or wait for it, in the order of their ids
 * @param refreshed the other bundles that stop and start again because they are wired to what goes
 * @param remarks sentences on what else the user should know, such as that another plugin has the same name
 */
public record PluginChange(
        String plugin, String from, String to, List<RuleEffect> rules, List<String> refreshed, List<String> remarks) {
    public PluginChange {
        rules = List.copyOf(rules);
        refreshed = List.copyOf(refreshed);
        remarks = List.copyOf(remarks);
    }

    /** Makes a change without remarks. */
    public PluginChange(String plugin, String from, String to, List<RuleEffect> rules, List<String> refreshed) {
        this(plugin, from, to, rules, refreshed, List.of());
    }
}
