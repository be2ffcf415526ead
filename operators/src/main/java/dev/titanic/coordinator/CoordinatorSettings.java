package dev.titanic.coordinator;

import dev.titanic.protocol.RunPlan;
import java.io.Serializable;
import java.time.Duration;

/**
 * How a coordinator is set up.
 *
 * @param model Hugging Face directory of the base model
 * @param output path of the {@link OutputDirectory}
 * @param patience how long a transaction may be open without a message
 */
public record CoordinatorSettings(RunPlan plan, String model, String output, Duration patience)
    implements Serializable {}
