/** How long rules stand still when their plugins are exchanged. */
@NullMarked
package io.varuna.benchmarks.swap;

import org.jspecify.annotations.NullMarked;
