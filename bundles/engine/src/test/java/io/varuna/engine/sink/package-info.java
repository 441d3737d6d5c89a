@NullMarked
package io.varuna.engine.sink;

import org.jspecify.annotations.NullMarked;
