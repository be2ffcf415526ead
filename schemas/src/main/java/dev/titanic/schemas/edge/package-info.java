/** The records that travel on the job's edges. None of them can hold a token, a label or a text. */
@NullMarked
package dev.titanic.schemas.edge;

import org.jspecify.annotations.NullMarked;
