@NullMarked
package io.varuna.plugin.functions.aggregate;

import org.jspecify.annotations.NullMarked;
