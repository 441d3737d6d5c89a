package io.varuna.engine;

import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.state.StateStore;
import io.varuna.engine.time.EngineTime;
import java.util.function.Function;

/**
 * What a rule gets from its engine.
 *
 * @param view the plugins as the rule sees them at its start
 * @param access how instances are made of the plugins of a view
 */
record RuleSite(
        PluginView view,
        Function<PluginView, PluginAccess> access,
        Surroundings surroundings,
        SharedStreams streams,
        StateStore store,
        EngineTime time) {}
