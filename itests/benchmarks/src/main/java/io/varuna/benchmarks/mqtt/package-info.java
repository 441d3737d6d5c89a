/** MQTT over the loopback interface, with a broker that does nothing but send as fast as the client takes it. */
@NullMarked
package io.varuna.benchmarks.mqtt;

import org.jspecify.annotations.NullMarked;
