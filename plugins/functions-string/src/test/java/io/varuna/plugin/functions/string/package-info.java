@NullMarked
package io.varuna.plugin.functions.string;

import org.jspecify.annotations.NullMarked;
