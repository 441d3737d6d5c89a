/** The same work done by different means: by the engine, by hand, and as one does it without thinking about speed. */
@NullMarked
package io.varuna.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
