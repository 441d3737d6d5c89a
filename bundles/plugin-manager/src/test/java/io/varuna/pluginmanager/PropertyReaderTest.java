package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.manage.PropertyDescription;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyReaderTest {
    @ParameterizedTest
    @CsvSource({
        "url,url",
        "pool_size,pool.size",
        "pool__size,pool_size",
        "_password,.password",
        "$class,class",
        "my$$name,my$name",
        "client$_$id,client-id",
        "maximumPoolSize,maximumPoolSize"
    })
    void namesPropertiesAsComponentPropertyTypesDo(String member, String property) {
        assertThat(PropertyReader.name(member)).isEqualTo(property);
    }

    @interface Config {
        String PREFIX_ = "broker.";

        String server();

        int qos() default 1;

        boolean retained() default false;

        Thread.State state() default Thread.State.NEW;
    }

    @Test
    void describesRequiredPropertiesFirst() {
        assertThat(PropertyReader.properties(Config.class, Map.of("broker.qos", "Quality of service")))
                .containsExactly(
                        new PropertyDescription("broker.server", "string", true, "", ""),
                        new PropertyDescription("broker.qos", "int", false, "1", "Quality of service"),
                        new PropertyDescription("broker.retained", "boolean", false, "false", ""),
                        new PropertyDescription("broker.state", "string", false, "NEW", ""));
    }
}
