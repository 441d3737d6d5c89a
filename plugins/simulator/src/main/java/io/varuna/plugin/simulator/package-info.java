/** Makes up records. */
@NullMarked
package io.varuna.plugin.simulator;

import org.jspecify.annotations.NullMarked;
