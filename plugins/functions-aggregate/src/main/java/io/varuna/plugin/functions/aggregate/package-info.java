/** Functions that fold the rows of a group or window into one value. */
@NullMarked
package io.varuna.plugin.functions.aggregate;

import org.jspecify.annotations.NullMarked;
