/** The grammar of statements: text to syntax tree. */
@NullMarked
package io.varuna.sql.parser;

import org.jspecify.annotations.NullMarked;
