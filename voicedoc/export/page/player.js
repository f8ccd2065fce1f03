const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** Puts the portions of sound together, letting the page breathe between them. */
async function soundOf(portions, mediaType) {
  const parts = [];
  for (const portion of portions) {
    parts.push(bytesOf(portion.textContent));
    portion.remove();
    await new Promise((done) => setTimeout(done));
  }
  return new Blob(parts, { type: mediaType });
}

/** Plays the recording. Calls `onTime(seconds, isJump)` as it moves, `onState(playing)` when it starts and stops. */
class Player {
  constructor(duration, { onTime, onState, onTrouble }) {
    this.duration = duration;
    this.onTime = onTime;
    this.audio = new Audio();
    this.audio.preload = "auto";
    this.wanted = 0;
    this.audio.addEventListener("play", () => { onState(true); this.tick(); });
    this.audio.addEventListener("pause", () => onState(false));
    this.audio.addEventListener("seeked", () => onTime(this.time, false));
    this.audio.addEventListener("loadedmetadata", () => { this.audio.currentTime = this.wanted; });
    this.audio.addEventListener("error", () => onTrouble(this.audio.error));
    this.onTrouble = onTrouble;
  }

  load(blob) {
    this.audio.src = URL.createObjectURL(blob);
  }

  get isReady() {
    return this.audio.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  get time() {
    return this.isReady ? this.audio.currentTime : this.wanted;
  }

  get isPlaying() {
    return !this.audio.paused;
  }

  seek(time) {
    this.wanted = Math.min(Math.max(time, 0), this.duration);
    if (this.isReady) this.audio.currentTime = this.wanted;
    this.onTime(this.wanted, true);
  }

  play() {
    this.audio.play().catch((error) => { if (error.name !== "AbortError") this.onTrouble(error); });
  }

  playFrom(time) {
    this.seek(time);
    this.play();
  }

  toggle() {
    if (this.isPlaying) this.audio.pause();
    else this.play();
  }

  set speed(speed) {
    this.audio.defaultPlaybackRate = this.audio.playbackRate = speed;
  }

  get speed() {
    return this.audio.playbackRate;
  }

  tick() {
    if (!this.isPlaying) return;
    this.onTime(this.time, false);
    requestAnimationFrame(() => this.tick());
  }
}
