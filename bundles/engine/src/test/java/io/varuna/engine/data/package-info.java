@NullMarked
package io.varuna.engine.data;

import org.jspecify.annotations.NullMarked;
