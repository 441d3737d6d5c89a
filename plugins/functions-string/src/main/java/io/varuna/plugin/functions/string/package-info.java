/** Text functions. Positions and lengths count code points. */
@NullMarked
package io.varuna.plugin.functions.string;

import org.jspecify.annotations.NullMarked;
