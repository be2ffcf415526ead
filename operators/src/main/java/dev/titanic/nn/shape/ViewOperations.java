package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Other views of the same memory; a copy only where no view can say it. */
final class ViewOperations {

  /** The layout of a view. */
  @FunctionalInterface
  private interface Seen {
    Layout of(Layout layout, Arguments arguments);
  }

  private ViewOperations() {}

  static void addTo(Map<String, Operation> operations) {
    rearranged(operations, "torch.t", (x, arguments) -> x.transposed(0, 1));
    rearranged(
        operations,
        "torch.transpose",
        (x, arguments) -> x.transposed(arguments.whole(1), arguments.whole(2)));
    rearranged(operations, "torch.permute", (x, arguments) -> x.permuted(arguments.sizes(1)));
    rearranged(operations, "torch.unsqueeze", (x, arguments) -> x.unsqueezed(arguments.whole(1)));
    rearranged(operations, "torch.squeeze", (x, arguments) -> x.selected(arguments.whole(1)));
    rearranged(operations, "torch.detach", (x, arguments) -> x);
    part(operations, "torch.expand", (x, arguments) -> x.expanded(arguments.sizes(1)));
    part(operations, "torch.select", (x, arguments) -> x.selected(arguments.whole(1)));
    part(
        operations,
        "torch.narrow",
        (x, arguments) -> x.narrowed(arguments.whole(1), arguments.whole(3)));
    part(operations, "torch.slice", ViewOperations::slice);
    for (String name : List.of("torch.view", "torch.reshape")) {
      operations.put(
          name, (tape, arguments) -> reshape(tape, arguments.tensor(0), arguments.sizes(1)));
    }
    operations.put("torch.flatten", ViewOperations::flatten);
    operations.put("torch.contiguous", ViewOperations::contiguous);
    operations.put("torch.chunk", ViewOperations::chunk);
    operations.put("torch.split", ViewOperations::split);
    operations.put("torch.unbind", ViewOperations::unbind);
  }

  /** All elements: the gradient is the same, seen the other way round. */
  private static void rearranged(Map<String, Operation> operations, String name, Seen seen) {
    operations.put(
        name,
        (tape, arguments) -> {
          Phantom x = arguments.tensor(0);
          return view(tape, x, seen.of(x.layout(), arguments));
        });
  }

  /** Not all elements, or some repeatedly: the gradient has another size. */
  private static void part(Map<String, Operation> operations, String name, Seen seen) {
    operations.put(
        name,
        (tape, arguments) -> {
          Phantom x = arguments.tensor(0);
          Phantom view = x.view(seen.of(x.layout(), arguments));
          tape.step().reads(x).makes(view).computesGradientOf(x);
          return view;
        });
  }

  private static Phantom view(Tape tape, Phantom x, Layout layout) {
    Phantom view = x.view(layout);
    tape.step().reads(x).makes(view).passesGradientTo(x);
    return view;
  }

  static Phantom reshape(Tape tape, Phantom x, List<Long> target) {
    List<Long> sizes = x.layout().resolved(target);
    Optional<Layout> layout = x.layout().viewed(sizes);
    return layout.isPresent()
        ? view(tape, x, layout.get())
        : copy(tape, x, Layout.contiguous(sizes));
  }

  private static Phantom copy(Tape tape, Phantom x, Layout layout) {
    Phantom copy = Phantom.fresh(x.type(), layout, x.needsGradient());
    tape.step().reads(x).makes(copy).passesGradientTo(x);
    return copy;
  }

  private static Value flatten(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    int first = x.layout().dimension(arguments.whole(1, "start_dim", 0));
    int last = x.layout().dimension(arguments.whole(2, "end_dim", -1));
    List<Long> sizes = new ArrayList<>(x.layout().shape().subList(0, first));
    sizes.add(-1L);
    sizes.addAll(x.layout().shape().subList(last + 1, x.layout().rank()));
    return reshape(tape, x, sizes);
  }

  private static Value contiguous(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    Layout layout = Layout.contiguous(x.layout().shape());
    return layout.equals(x.layout()) ? x : copy(tape, x, layout);
  }

  private static Layout slice(Layout x, Arguments arguments) {
    long dimension = arguments.whole(1);
    long size = x.size(dimension);
    long start = bounded(arguments.whole(2, "start", 0), size);
    long end = bounded(arguments.whole(3, "end", size), size);
    long step = arguments.whole(4, "step", 1);
    return x.narrowed(dimension, Math.max(0, (end - start + step - 1) / step));
  }

  private static long bounded(long index, long size) {
    return Math.min(size, index < 0 ? index + size : index);
  }

  private static Value chunk(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    long chunks = arguments.whole(1);
    long dimension = arguments.whole(2, "dim", 0);
    long size = (x.layout().size(dimension) + chunks - 1) / chunks;
    return pieces(tape, x, dimension, equalSizes(x.layout().size(dimension), size));
  }

  private static Value split(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    long dimension = arguments.whole(2, "dim", 0);
    List<Long> sizes =
        arguments.get(1) instanceof Value.Items
            ? arguments.sizes(1)
            : equalSizes(x.layout().size(dimension), arguments.whole(1));
    return pieces(tape, x, dimension, sizes);
  }

  private static List<Long> equalSizes(long total, long piece) {
    return LongStream.iterate(0, start -> start < total, start -> start + piece)
        .mapToObj(start -> Math.min(piece, total - start))
        .toList();
  }

  private static Value pieces(Tape tape, Phantom x, long dimension, List<Long> sizes) {
    return views(
        tape, x, sizes.stream().map(size -> x.layout().narrowed(dimension, size)).toList());
  }

  private static Value unbind(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    long dimension = arguments.whole(1, "dim", 0);
    return views(
        tape,
        x,
        LongStream.range(0, x.layout().size(dimension))
            .mapToObj(index -> x.layout().selected(dimension))
            .toList());
  }

  private static Value views(Tape tape, Phantom x, List<Layout> layouts) {
    Step step = tape.step().reads(x).computesGradientOf(x);
    List<Phantom> views = layouts.stream().map(x::view).toList();
    views.forEach(step::makes);
    return Value.tensors(views);
  }
}
