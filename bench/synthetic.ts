/** Made-up passages of any number, the same at every run: words that follow Zipf's law and clustered vectors. */

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A standard normal number (Box and Muller). */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Draws words of a vocabulary of 200,000 without stop words: rank r with a chance proportional to
 * 1 / (r + 10)^1.07 (Zipf and Mandelbrot), so that the most frequent word stands in two passages of three.
 */
export function zipfianWords(random: () => number, vocabulary = 200_000): () => string {
  const cumulative = new Float64Array(vocabulary);
  const words = Array.from({ length: vocabulary }, (_, rank) => `w${rank.toString(36)}`);
  let total = 0;
  for (let rank = 0; rank < vocabulary; rank++) {
    total += 1 / (rank + 10) ** 1.07;
    cumulative[rank] = total;
  }
  return () => {
    const wanted = random() * total;
    let low = 0;
    let high = vocabulary - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return words[low] ?? "";
  };
}

/** The words of one passage after another, 60 to 120 of them. */
export function zipfianPassages(count: number, seed: number): string[][] {
  const random = randomNumbers(seed);
  const word = zipfianWords(random);
  return Array.from({ length: count }, () => Array.from({ length: 60 + Math.floor(random() * 61) }, word));
}

/** Questions of 8 different words, all from one passage, as a question about it would have them. */
export function questionsAbout(passages: readonly string[][], count: number, seed: number): string[][] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const passage = passages[Math.floor(random() * passages.length)] ?? [];
    const words = new Set<string>();
    while (words.size < Math.min(8, new Set(passage).size))
      words.add(passage[Math.floor(random() * passage.length)] ?? "");
    return [...words];
  });
}

/**
 * Unit vectors around the centres of topics, of which there is one for every 100 vectors and at least 100. Two
 * of a topic have a cosine of about 0.5 and two of different topics about 0.1, as sentence embeddings of one
 * field have them.
 */
export function clusteredVectors(count: number, dimensions: number, seed: number): Float32Array {
  const random = randomNumbers(seed);
  const topics = Math.max(100, Math.floor(count / 100));
  const common = direction(dimensions, random);
  const centres = Array.from({ length: topics }, () => blend(common, direction(dimensions, random), 0.1, 0.4));
  const matrix = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const centre = centres[Math.floor(random() * topics)] ?? common;
    const own = direction(dimensions, random);
    const offset = row * dimensions;
    let sum = 0;
    for (let index = 0; index < dimensions; index++) {
      const value = (centre[index] ?? 0) + Math.SQRT1_2 * (own[index] ?? 0);
      matrix[offset + index] = value;
      sum += value * value;
    }
    const factor = 1 / Math.sqrt(sum);
    for (let index = 0; index < dimensions; index++) matrix[offset + index] = (matrix[offset + index] ?? 0) * factor;
  }
  return matrix;
}

function direction(dimensions: number, random: () => number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => gaussian(random));
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** The sum of two directions, whose squared lengths are `share` and `otherShare`. */
function blend(one: Float32Array, other: Float32Array, share: number, otherShare: number): Float32Array {
  return one.map((value, index) => Math.sqrt(share) * value + Math.sqrt(otherShare) * (other[index] ?? 0));
}
