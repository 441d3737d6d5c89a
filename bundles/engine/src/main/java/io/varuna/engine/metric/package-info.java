/** Figures about what passes through a rule. */
@NullMarked
package io.varuna.engine.metric;

import org.jspecify.annotations.NullMarked;
