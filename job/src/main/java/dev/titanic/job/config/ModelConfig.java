package dev.titanic.job.config;

import dev.titanic.nn.ComputeType;
import java.io.Serializable;

/**
 * The model to train.
 *
 * @param path Hugging Face directory
 */
public record ModelConfig(String path, ComputeType dtype) implements Serializable {}
