/** Texts with placeholders, a part of the language of Go templates. */
@NullMarked
package io.varuna.engine.template;

import org.jspecify.annotations.NullMarked;
