/** From results to sinks: shaping, hand-over, retries, bad rows. */
@NullMarked
package io.varuna.engine.sink;

import org.jspecify.annotations.NullMarked;
