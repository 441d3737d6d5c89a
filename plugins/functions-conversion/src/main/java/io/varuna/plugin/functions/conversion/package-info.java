/** Functions that turn values into others. */
@NullMarked
package io.varuna.plugin.functions.conversion;

import org.jspecify.annotations.NullMarked;
