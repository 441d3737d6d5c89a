/** Windows: when they close and what they keep. */
@NullMarked
package io.varuna.engine.window;

import org.jspecify.annotations.NullMarked;
