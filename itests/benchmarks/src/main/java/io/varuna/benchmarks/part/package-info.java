/** Parts of the engine by themselves, measured with JMH. */
@NullMarked
package io.varuna.benchmarks.part;

import org.jspecify.annotations.NullMarked;
