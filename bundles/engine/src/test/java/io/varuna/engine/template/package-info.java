@NullMarked
package io.varuna.engine.template;

import org.jspecify.annotations.NullMarked;
