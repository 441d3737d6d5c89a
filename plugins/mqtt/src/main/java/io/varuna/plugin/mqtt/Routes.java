package io.varuna.plugin.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Remembers where the messages of topics go. Used on the event loop. */
final class Routes {
    private static final int REMEMBERED_TOPICS = 1024;

    private final Function<String, @Nullable Group> search;
    private final Map<String, Route> routes = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Route> eldest) {
            return size() > REMEMBERED_TOPICS;
        }
    };
    private byte[] lastTopic = {};
    private @Nullable Route lastRoute;

    /** Creates the memory; {@code search} finds who has subscribed to a topic. */
    Routes(Function<String, @Nullable Group> search) {
        this.search = search;
    }

    /** Where the messages of a topic go, with what is the same for all of them. */
    record Route(String topic, @Nullable Group group, Map<String, @Nullable Object> metadata) {}

    /** Returns the way of a message. Many in a row have the same topic, which then is not made a text. */
    Route of(PublishReader message) {
        Route last = lastRoute;
        if (last != null && message.hasTopic(lastTopic)) {
            return last;
        }
        Route route = of(message.topic());
        lastRoute = route;
        lastTopic = route.topic().getBytes(StandardCharsets.UTF_8);
        return route;
    }

    Route of(String topic) {
        return routes.computeIfAbsent(topic, this::find);
    }

    private Route find(String topic) {
        return new Route(topic, search.apply(topic), Metadata.of(topic, 0, 0, null));
    }

    /** Subscriptions have come or gone. */
    void forget() {
        routes.clear();
        lastRoute = null;
    }
}
