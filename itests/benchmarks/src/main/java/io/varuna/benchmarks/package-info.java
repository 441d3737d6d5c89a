/** Measures the engine against others in the same run, and writes what comes out. */
@NullMarked
package io.varuna.benchmarks;

import org.jspecify.annotations.NullMarked;
