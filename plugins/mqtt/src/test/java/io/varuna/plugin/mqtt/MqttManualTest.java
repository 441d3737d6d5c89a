package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.testkit.Configurations;
import io.varuna.testkit.Json;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The page of the manual is true. {@code -Dgolden=write} writes its tables. */
class MqttManualTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "mqtt.md");
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void everyPropertyIsThereWithItsDefaultAndItsMeaning() throws Exception {
        String page = Files.readString(PAGE);
        String expected = page;
        expected = withTable(expected, "connection", MqttConnectionFactory.Config.class);
        expected = withTable(expected, "source", MqttSource.Config.class);
        expected = withTable(expected, "sink", MqttSink.Config.class);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, expected);
        } else {
            assertThat(page).isEqualTo(expected);
        }
    }

    private static String withTable(String page, String part, Class<?> type) throws Exception {
        List<String> lines = new ArrayList<>(List.of("| property | default | meaning |", "|---|---|---|"));
        descriptions(type)
                .forEach((name, description) -> lines.add("| `" + name + "` | " + defaultOf(type, name) + " | "
                        + description.replace("|", "\\|") + " |"));
        String heading = "## Properties of the " + part + "\n\n";
        int from = page.indexOf(heading) + heading.length();
        assertThat(from).as("heading of the %s", part).isGreaterThan(heading.length());
        int to = page.indexOf("\n\n", from);
        return page.substring(0, from) + String.join("\n", lines) + (to < 0 ? "\n" : page.substring(to));
    }

    private static Map<String, String> descriptions(Class<?> type) throws Exception {
        String resource = "/OSGI-INF/metatype/" + type.getName() + ".xml";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(resource), resource)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            NodeList attributes = factory.newDocumentBuilder().parse(in).getElementsByTagName("AD");
            Map<String, String> descriptions = new TreeMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                Element attribute = (Element) attributes.item(i);
                descriptions.put(attribute.getAttribute("id"), attribute.getAttribute("description"));
            }
            return descriptions;
        }
    }

    private static String defaultOf(Class<?> type, String name) {
        Method member = Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
        Object value = member.getDefaultValue();
        if (value == null) {
            return "required";
        }
        boolean empty = value.equals("") || (value.getClass().isArray() && Array.getLength(value) == 0);
        return empty ? "" : "`" + value + "`";
    }

    @Test
    void examplesAreAccepted() throws Exception {
        List<String> examples = JSON.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .toList();
        Map<?, ?> profile = example(examples.get(0), "plant");
        Configurations.of(MqttSource.Config.class, known(profile, MqttSource.Config.class));
        assertThat(known(profile, MqttSource.Config.class, MqttConnectionFactory.Config.class))
                .hasSameSizeAs(profile);
        Map<String, Object> action = new HashMap<>();
        example(examples.get(1), "mqtt").forEach((name, value) -> action.put((String) name, value));
        // an option of every action
        action.remove("sendSingle");
        assertThat(known(action, MqttSink.Config.class, MqttConnectionFactory.Config.class))
                .hasSameSizeAs(action);
        MqttConnectionFactory connections = new MqttConnectionFactory();
        connections
                .open(Configurations.of(connections, known(action, MqttConnectionFactory.Config.class)))
                .close();
    }

    private static Map<?, ?> example(String block, String name) {
        String text = block.replace("```json\n", "").replace("\n```", "");
        Map<?, ?> example = (Map<?, ?>) Objects.requireNonNull(Json.read(text));
        return (Map<?, ?>) Objects.requireNonNull(example.get(name));
    }

    private static Map<String, Object> known(Map<?, ?> properties, Class<?>... types) throws Exception {
        Map<String, Object> known = new HashMap<>();
        for (Class<?> type : types) {
            for (String name : descriptions(type).keySet()) {
                if (properties.get(name) != null) {
                    known.put(name, properties.get(name));
                }
            }
        }
        return known;
    }
}
