package io.varuna.plugin.mqtt;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Waits for what a source or sink says about its connection. */
final class TestStatus {
    private TestStatus() {}

    /** Waits until the connection is in this state, and returns what was said with it. */
    static String await(TestContext context, ConnectionStatus status) {
        String message = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> last(context), last -> last.status() == status)
                .message();
        return message == null ? "" : message;
    }

    private static TestContext.Status last(TestContext context) {
        List<TestContext.Status> statuses = context.statuses();
        return statuses.isEmpty()
                ? new TestContext.Status(ConnectionStatus.CONNECTING, "")
                : statuses.get(statuses.size() - 1);
    }
}
