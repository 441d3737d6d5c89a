/** The plugins that are there now. */
@NullMarked
package io.varuna.runtime.plugin;

import org.jspecify.annotations.NullMarked;
