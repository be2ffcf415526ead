/**
 * A model as files and as pieces: Hugging Face directories, safetensors, cuts, evaluation. No
 * Flink, no engine.
 */
@NullMarked
package dev.titanic.nn;

import org.jspecify.annotations.NullMarked;
