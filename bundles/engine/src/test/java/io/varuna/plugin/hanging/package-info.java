@NullMarked
package io.varuna.plugin.hanging;

import org.jspecify.annotations.NullMarked;
