package io.varuna.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.api.plugin.PluginType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every plugin promises. Subclass the contract of its kind. */
public abstract class PluginContract {
    protected abstract PluginFactory<?> factory();

    /** Returns the factory of the connection that the plugin asks its context for, or null if it needs none. */
    protected @Nullable ConnectionFactory<?, ?> connection() {
        return null;
    }

    /** Returns a connection that all contexts of a test share, or null if each opens its own. The test closes it. */
    protected @Nullable AutoCloseable sharedConnection() {
        return null;
    }

    /** Tells whether a thread belongs to the surroundings of the test, such as a server in the same process. */
    protected boolean mayOutlive(Thread thread) {
        return false;
    }

    /**
     * Tells whether the surroundings of the test may keep the classes of the plugin, such as a server in the same process
     * that uses the same libraries.
     */
    protected boolean mayKeepClasses() {
        return false;
    }

    @Test
    void hasAType() {
        PluginType type = factory().getClass().getAnnotation(PluginType.class);
        assertThat(type)
                .as("@PluginType of %s", factory().getClass().getSimpleName())
                .isNotNull();
        assertThat(type.value()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void hasTheTypeOfItsConnection() {
        ConnectionFactory<?, ?> connection = connection();
        if (connection != null) {
            assertThat(connection.getClass().getAnnotation(PluginType.class))
                    .isEqualTo(factory().getClass().getAnnotation(PluginType.class));
        }
    }

    @Test
    void describesEveryProperty() throws Exception {
        assertDescribed(factory());
        ConnectionFactory<?, ?> connection = connection();
        if (connection != null) {
            assertDescribed(connection);
        }
    }

    private static void assertDescribed(PluginFactory<?> factory) throws Exception {
        Class<?> type = factory.configType();
        Set<String> names = Configurations.names(type);
        Map<String, String> descriptions = PropertyDescriptions.of(type);
        assertThat(descriptions.keySet()).as("properties of %s", type).containsExactlyInAnyOrderElementsOf(names);
        names.forEach(name -> assertThat(descriptions.get(name))
                .as("description of property '%s'", name)
                .isNotBlank());
    }
}
