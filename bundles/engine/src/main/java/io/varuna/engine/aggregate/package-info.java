/** Aggregates: the values that are kept for each group of rows. */
@NullMarked
package io.varuna.engine.aggregate;

import org.jspecify.annotations.NullMarked;
