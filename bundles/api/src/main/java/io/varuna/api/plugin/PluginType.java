package io.varuna.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name by which streams and rules use this plugin, as in {@code WITH (TYPE = "mqtt")} or {@code {"mysql": {}}}.
 *
 * <p>Becomes the service property {@code varuna.plugin.type} in OSGi, and is read by reflection elsewhere.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginType {
    String PREFIX_ = "varuna.";

    /** Lower case, letters, digits and dashes. */
    String value();
}
