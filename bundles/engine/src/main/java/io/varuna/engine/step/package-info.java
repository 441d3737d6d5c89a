/** The steps that rows pass on their way from the sources to the sinks. */
@NullMarked
package io.varuna.engine.step;

import org.jspecify.annotations.NullMarked;
