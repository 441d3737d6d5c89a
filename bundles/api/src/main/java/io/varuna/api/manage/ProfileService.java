package io.varuna.api.manage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Named properties of sources, sinks and connections: those that are configured, and those that plugins have brought. */
@ProviderType
@FunctionalInterface
public interface ProfileService {
    /** Returns those of a kind in the order of types and names. What is configured hides what a plugin has brought. */
    List<PropertyProfile> list(PluginKind kind);
}
