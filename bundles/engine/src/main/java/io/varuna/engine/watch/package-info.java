/** Finds plugins that keep a thread of the engine for longer than they may. */
@NullMarked
package io.varuna.engine.watch;

import org.jspecify.annotations.NullMarked;
