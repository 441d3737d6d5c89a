/** Functions of JSON texts. */
@NullMarked
package io.varuna.plugin.functions.json;

import org.jspecify.annotations.NullMarked;
