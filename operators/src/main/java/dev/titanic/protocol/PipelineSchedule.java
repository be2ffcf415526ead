package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of the pipeline when every instruction takes one tick and a message none: who does what
 * when, and so how many micro-batches are alive in each partition at most.
 *
 * <p>The rules are those that owner and stages follow: gradients before activations (1F1B), and at
 * most {@link #window} micro-batches under way. Prints as a grid, a line for each partition, a
 * column for each tick.
 */
public final class PipelineSchedule {
  private final int microBatches;
  private final List<List<Instruction>> rows;

  /** What a partition does with a micro-batch. */
  public enum Work {
    FORWARD('F'),
    /** Final norm, head and loss with their backward pass, at the owner. */
    HEAD('H'),
    BACKWARD('B');

    private final char letter;

    Work(char letter) {
      this.letter = letter;
    }
  }

  /**
   * @param tick from 0
   */
  public record Instruction(int tick, Work work, int microBatch) {
    @Override
    public String toString() {
      return "" + work.letter + microBatch;
    }
  }

  private PipelineSchedule(int microBatches, List<List<Instruction>> rows) {
    this.microBatches = microBatches;
    this.rows = rows;
  }

  /** Micro-batches that an owner admits at a time: one in each partition keeps all of them busy. */
  public static int window(int stages) {
    return window(stages, 1);
  }

  /** Micro-batches that so many owners at once have between them, each admitting a window. */
  public static int window(int stages, int owners) {
    return stages + owners;
  }

  public static PipelineSchedule of(int stages, int microBatches) {
    return new PipelineSchedule(microBatches, new Clockwork(stages, microBatches).run());
  }

  /** Instructions of a partition, in order. */
  public List<Instruction> row(int partition) {
    return Collections.unmodifiableList(rows.get(partition));
  }

  /** Most micro-batches whose graph is alive in a partition at a time. */
  public int peakInFlight(int partition) {
    int alive = 0;
    int peak = 0;
    for (Instruction instruction : rows.get(partition)) {
      switch (instruction.work()) {
        case FORWARD -> alive++;
        case HEAD -> {}
        case BACKWARD -> alive--;
      }
      peak = Math.max(peak, alive);
    }
    return peak;
  }

  public int ticks() {
    return rows.stream()
        .flatMap(List::stream)
        .mapToInt(instruction -> instruction.tick() + 1)
        .max()
        .orElse(0);
  }

  @Override
  public String toString() {
    int width = ("F" + (microBatches - 1)).length() + 1;
    return IntStream.range(0, rows.size())
        .mapToObj(row -> line(row, width))
        .collect(Collectors.joining("\n"));
  }

  private String line(int row, int width) {
    String[] cells = new String[ticks()];
    rows.get(row).forEach(instruction -> cells[instruction.tick()] = instruction.toString());
    String name = row == Address.OWNER ? "owner" : "stage-" + row;
    return String.format("%-9s", name)
        + Stream.of(cells)
            .map(cell -> String.format("%-" + width + "s", cell == null ? "." : cell))
            .collect(Collectors.joining())
            .stripTrailing();
  }

  /** Runs the rules tick by tick. */
  private static final class Clockwork {
    private final int stages;
    private final int microBatches;
    private final List<List<Instruction>> rows = new ArrayList<>();

    /** Next micro-batch that each row has to do, by kind of work. */
    private final int[] forwards;

    private final int[] backwards;
    private int heads;

    Clockwork(int stages, int microBatches) {
      this.stages = stages;
      this.microBatches = microBatches;
      this.forwards = new int[stages + 1];
      this.backwards = new int[stages + 1];
    }

    List<List<Instruction>> run() {
      for (int row = 0; row <= stages; row++) {
        rows.add(new ArrayList<>());
      }
      for (int tick = 0; backwards[Address.OWNER] < microBatches; tick++) {
        List<@Nullable Work> chosen = new ArrayList<>();
        for (int row = 0; row <= stages; row++) {
          chosen.add(choose(row));
        }
        for (int row = 0; row <= stages; row++) {
          Work work = chosen.get(row);
          if (work != null) {
            rows.get(row).add(new Instruction(tick, work, perform(row, work)));
          }
        }
      }
      return rows;
    }

    private @Nullable Work choose(int row) {
      if (backwards[row] < gradientsFor(row)) {
        return Work.BACKWARD;
      }
      if (row == Address.OWNER && heads < forwards[stages]) {
        return Work.HEAD;
      }
      return forwards[row] < activationsFor(row) ? Work.FORWARD : null;
    }

    private int gradientsFor(int row) {
      return row == stages ? heads : backwards[row + 1];
    }

    private int activationsFor(int row) {
      return row == Address.OWNER
          ? Math.min(microBatches, backwards[Address.OWNER] + window(stages))
          : forwards[row - 1];
    }

    private int perform(int row, Work work) {
      return switch (work) {
        case FORWARD -> forwards[row]++;
        case HEAD -> heads++;
        case BACKWARD -> backwards[row]++;
      };
    }
  }
}
