package io.varuna.plugin.memory;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.testkit.ConnectionContract;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class MemoryConnectionTest extends ConnectionContract<Topics> {
    @Override
    protected ConnectionFactory<?, Topics> factory() {
        return new MemoryConnection();
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    protected void use(Topics topics) throws InterruptedException, ExecutionException, TimeoutException {
        topics.emitters().submit(() -> {}).get(10, TimeUnit.SECONDS);
    }
}
