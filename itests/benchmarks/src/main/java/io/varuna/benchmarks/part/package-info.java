/** Parts of the engine for JMH, whose profilers show where time and memory go. */
@NullMarked
package io.varuna.benchmarks.part;

import org.jspecify.annotations.NullMarked;
