/** Rows and batches, as they are inside of the engine and as plugins see them. */
@NullMarked
package io.varuna.engine.data;

import org.jspecify.annotations.NullMarked;
