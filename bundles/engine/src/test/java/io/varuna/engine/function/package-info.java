@NullMarked
package io.varuna.engine.function;

import org.jspecify.annotations.NullMarked;
