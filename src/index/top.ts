/** The best few of many, without sorting all of them. */

/** A heap of the best entries so far, whose root is the worst of them. Of equal scores the lower position is better. */
export interface Top {
  readonly scores: Float32Array;
  readonly positions: Uint32Array;
  size: number;
}

export function topOf(limit: number): Top {
  return { scores: new Float32Array(limit), positions: new Uint32Array(limit), size: 0 };
}

/** The lowest score kept once there are `limit` entries; -Infinity until then, when every entry is kept. */
export function threshold({ scores, size }: Top): number {
  return size === scores.length ? (scores[0] as number) : -Infinity;
}

export function offer(top: Top, score: number, position: number): void {
  if (top.size < top.scores.length) {
    top.size++;
    siftUp(top, top.size - 1, score, position);
    return;
  }
  const worst = top.scores[0] as number;
  if (score > worst || (score === worst && position < (top.positions[0] as number))) siftDown(top, score, position);
}

/** Empties the heap into arrays, best first; equal scores in order of the position. */
export function takeAll(top: Top): { readonly positions: Uint32Array; readonly scores: Float32Array } {
  const positions = new Uint32Array(top.size);
  const scores = new Float32Array(top.size);
  for (let rank = top.size - 1; rank >= 0; rank--) {
    positions[rank] = top.positions[0] as number;
    scores[rank] = top.scores[0] as number;
    top.size = rank;
    siftDown(top, top.scores[rank] as number, top.positions[rank] as number);
  }
  return { positions, scores };
}

/** Puts an entry in the free slot or above it. */
function siftUp({ scores, positions }: Top, free: number, score: number, position: number): void {
  let slot = free;
  while (slot > 0) {
    const parent = (slot - 1) >>> 1;
    const parentScore = scores[parent] as number;
    if (parentScore < score || (parentScore === score && (positions[parent] as number) > position)) break;
    scores[slot] = parentScore;
    positions[slot] = positions[parent] as number;
    slot = parent;
  }
  scores[slot] = score;
  positions[slot] = position;
}

/** Puts an entry in the place of the root or below it. */
function siftDown({ scores, positions, size }: Top, score: number, position: number): void {
  let slot = 0;
  for (let child = 1; child < size; child = 2 * slot + 1) {
    const sibling = child + 1;
    if (
      sibling < size &&
      ((scores[sibling] as number) < (scores[child] as number) ||
        (scores[sibling] === scores[child] && (positions[sibling] as number) > (positions[child] as number)))
    ) {
      child = sibling;
    }
    const childScore = scores[child] as number;
    if (childScore > score || (childScore === score && (positions[child] as number) < position)) break;
    scores[slot] = childScore;
    positions[slot] = positions[child] as number;
    slot = child;
  }
  scores[slot] = score;
  positions[slot] = position;
}
