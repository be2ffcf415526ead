package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.family.Architecture;
import java.util.HashMap;
import java.util.Map;

/** The programs of an architecture: one for all blocks, unless adapters make them unlike. */
final class Programs {
  private final PtNDManager owner;
  private final Architecture architecture;
  private final ComputeType type;
  private final Map<String, Program> bySource = new HashMap<>();

  Programs(PtNDManager owner, Architecture architecture, ComputeType type) {
    this.owner = owner;
    this.architecture = architecture;
    this.type = type;
  }

  /** A program for everything but blocks. */
  Program any() {
    return of(0);
  }

  /** The program that runs a block. */
  Program of(int block) {
    return bySource.computeIfAbsent(
        architecture.program(block, type), source -> Program.load(owner, source));
  }
}
