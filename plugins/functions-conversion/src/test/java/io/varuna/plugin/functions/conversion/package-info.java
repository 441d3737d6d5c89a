@NullMarked
package io.varuna.plugin.functions.conversion;

import org.jspecify.annotations.NullMarked;
