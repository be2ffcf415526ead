/** The demo: four software teams fine-tune a code model on code that none of them shows. */
@NullMarked
package dev.titanic.job.demo;

import org.jspecify.annotations.NullMarked;
