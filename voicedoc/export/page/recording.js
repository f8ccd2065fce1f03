/** The place of the last of the sorted `starts` that is not after `time`; -1 before the first. */
function lastNotAfter(starts, time) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Seconds as "m:ss.s", or "h:mm:ss.s" from an hour on. */
function clockText(seconds) {
  const tenths = Math.round(seconds * 10);
  const hours = Math.floor(tenths / 36000);
  const minutes = Math.floor(tenths / 600) % 60;
  const tail = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** A text without case and accents, of the same length, so that places in it are places in the text. */
function folded(text) {
  return Array.from({ length: text.length }, (_, at) => foldedCharacter(text[at])).join("");
}

const foldedCharacters = new Map();

function foldedCharacter(character) {
  let plain = foldedCharacters.get(character);
  if (plain === undefined) {
    plain = character.normalize("NFD")[0].toLowerCase()[0];
    foldedCharacters.set(character, plain);
  }
  return plain;
}

function bytesOf(base64) {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/** How many lines that began before may still be going on: people who speak at once. */
const OVERLAPS = 8;

/** What was said when. Times are seconds; words and lines are known by their numbers. */
class Recording {
  constructor(data) {
    this.duration = data.duration;
    this.mediaType = data.mediaType;
    this.voices = data.voices;
    this.lines = data.lines;
    this.words = data.words;
    this.turns = data.turns.length ? data.turns : data.lines;
    this.nothingHeard = data.nothingHeard;
    this.peaks = bytesOf(data.peaks.bytes);
    this.peaksPerSecond = data.peaks.perSecond;
    this.lineStarts = this.lines.map((line) => line.start);
    this.turnStarts = this.turns.map((turn) => turn.start);
    this.wordOrder = Array.from({ length: this.words.length / 2 }, (_, word) => word);
    this.wordOrder.sort((one, other) => this.wordStart(one) - this.wordStart(other));
    this.wordStarts = this.wordOrder.map((word) => this.wordStart(word));
  }

  wordStart(word) {
    return this.words[2 * word];
  }

  /** The word that is being said, or null. */
  wordAt(time) {
    const at = lastNotAfter(this.wordStarts, time);
    if (at < 0) return null;
    const word = this.wordOrder[at];
    return time <= this.words[2 * word + 1] + 0.1 ? word : null;
  }

  /** The word `step` words from the one at `time`. */
  wordBeside(time, step) {
    const at = lastNotAfter(this.wordStarts, time) + step;
    return this.wordOrder[Math.min(Math.max(at, 0), this.wordOrder.length - 1)] ?? null;
  }

  /** The line that is being said, or null; of several, the one that began last. */
  lineAt(time) {
    const last = lastNotAfter(this.lineStarts, time);
    for (let line = last; line >= 0 && line > last - OVERLAPS; line--) {
      if (time <= this.lines[line].end) return line;
    }
    return null;
  }

  /** Who speaks at `time`, by number, or null. */
  voiceAt(time) {
    const last = lastNotAfter(this.turnStarts, time);
    for (let turn = last; turn >= 0 && turn > last - OVERLAPS; turn--) {
      if (time <= this.turns[turn].end) return this.turns[turn].voice;
    }
    return null;
  }

  /** The loudest sample between two times, from 0 to 1. */
  loudest(from, to) {
    const stop = Math.min(Math.max(to * this.peaksPerSecond, from * this.peaksPerSecond + 1), this.peaks.length);
    let loudest = 0;
    for (let at = Math.floor(from * this.peaksPerSecond); at < stop; at++) loudest = Math.max(loudest, this.peaks[at]);
    return loudest / 255;
  }
}
