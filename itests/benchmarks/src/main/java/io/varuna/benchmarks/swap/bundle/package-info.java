/** Plugins that are packed into bundles of several versions. */
@NullMarked
package io.varuna.benchmarks.swap.bundle;

import org.jspecify.annotations.NullMarked;
