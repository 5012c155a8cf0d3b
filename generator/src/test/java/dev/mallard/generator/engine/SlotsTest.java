package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** No slot is ever two sequences' own, and none is lost. */
class SlotsTest {

  @Property(tries = 300)
  void whatIsFoundAgainIsWhatWasPutInForTheseTokens(
      @ForAll @Size(max = 60)
          List<@Size(min = 1, max = 12) List<@IntRange(max = 2) Integer>> texts) {
    SlotPool pool = new SlotPool(60);
    PrefixCache prefixes = new PrefixCache(pool);
    Map<Integer, List<Integer>> contents = new HashMap<>();
    for (List<Integer> text : texts) {
      int[] tokens = text.stream().mapToInt(Integer::intValue).toArray();
      int[] known = prefixes.match(0, tokens, tokens.length);
      for (int i = 0; i < known.length; i++) {
        assertThat(contents.get(known[i])).isEqualTo(text.subList(0, i + 1));
      }
      int rest = tokens.length - known.length;
      assertThat(prefixes.makeRoom(rest)).isTrue();
      int[] more = pool.take(rest).orElseThrow();
      int[] slots = Arrays.copyOf(known, tokens.length);
      System.arraycopy(more, 0, slots, known.length, rest);
      for (int i = known.length; i < slots.length; i++) {
        contents.put(slots[i], text.subList(0, i + 1));
      }
      prefixes.insert(0, tokens, slots, tokens.length);
      pool.release(slots, 0, slots.length);
    }
    assertThat(prefixes.makeRoom(60)).isTrue();
    assertThat(pool.free()).isEqualTo(60);
  }

  @Property(tries = 300)
  void slotsThatAreHeldAreNotGivenToAnother(
      @ForAll @Size(max = 80) List<@IntRange(min = -5, max = 20) Integer> steps) {
    SlotPool pool = new SlotPool(50);
    List<int[]> held = new ArrayList<>();
    for (int step : steps) {
      if (step > 0) {
        Optional<int[]> taken = pool.take(step);
        assertThat(taken.isPresent()).isEqualTo(free(held) >= step);
        taken.ifPresent(held::add);
      } else if (!held.isEmpty()) {
        int[] slots = held.remove(-step % held.size());
        pool.release(slots, 0, slots.length);
      }
      int[] all = held.stream().flatMapToInt(Arrays::stream).sorted().toArray();
      assertThat(all).doesNotHaveDuplicates().doesNotContain(0);
      assertThat(pool.free()).isEqualTo(50 - all.length);
    }
  }

  private static int free(List<int[]> held) {
    return 50 - held.stream().mapToInt(slots -> slots.length).sum();
  }
}
