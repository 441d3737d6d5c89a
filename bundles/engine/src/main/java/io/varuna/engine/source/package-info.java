/** From sources to rows: opening, decoding, batches, positions. */
@NullMarked
package io.varuna.engine.source;

import org.jspecify.annotations.NullMarked;
