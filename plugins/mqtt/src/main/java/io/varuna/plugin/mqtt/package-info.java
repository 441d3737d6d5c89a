/** Sources and sinks for MQTT brokers, over a client of our own that needs no thread for each connection. */
@NullMarked
package io.varuna.plugin.mqtt;

import org.jspecify.annotations.NullMarked;
