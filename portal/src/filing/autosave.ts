import { asProblem, type Problem } from "@/api/problem";

import { dropEdits, keepEdits, type FilingPlace } from "./keep";
import type { Edit, FilingStore, SavedAnswer } from "./store";

export interface Transport {
  save(edits: readonly Edit[]): Promise<SavedAnswer>;
}

export type SaveState = "saved" | "waiting" | "saving" | "offline" | "blocked";

const QUIET_MS = 500;
const BATCH = 500;
const RETRY_MS = [2_000, 5_000, 10_000, 20_000];

/**
 * Saves entries a moment after typing stops, one request at a time. Every entry is first put on this machine's
 * shelf, and leaves it when the server has it.
 */
export class Autosave {
  state: SaveState = "saved";
  problem: Problem | null = null;

  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private failures = 0;
  private stopped = false;
  private listeners = new Set<() => void>();

  constructor(
    private readonly store: FilingStore,
    private readonly transport: Transport,
    private readonly place: FilingPlace,
  ) {
    store.onEntered = (keys) => {
      const edits = keys.map((key) => store.edit(key)).filter((edit) => edit !== undefined);
      const gone = keys.filter((key) => store.edit(key) === undefined);
      void keepEdits(place, edits).catch(() => undefined);
      if (gone.length > 0) void dropEdits(place, gone).catch(() => undefined);
      this.schedule(QUIET_MS);
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  schedule(delay: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    if (this.store.unsaved("queued", "failed").length === 0) {
      if (!this.running) this.set("saved", null);
      return;
    }
    if (this.state !== "offline" && this.state !== "blocked") this.set("waiting", null);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  /** Saves what waits; resolves when nothing waits any more or a save has failed. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    this.running = this.run().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  start(): void {
    this.stopped = false;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    for (;;) {
      const batch = this.store.takeBatch(BATCH);
      if (batch.length === 0) break;
      this.set("saving", null);
      try {
        const answer = await this.transport.save(batch);
        const saved = this.store.settle(batch, answer);
        await dropEdits(this.place, saved).catch(() => undefined);
        this.failures = 0;
      } catch (error) {
        this.failed(batch, asProblem(error));
        return;
      }
    }
    this.set("saved", null);
  }

  private failed(batch: readonly Edit[], problem: Problem): void {
    this.store.fail(batch);
    this.set(problem.passing ? "offline" : "blocked", problem);
    if (!problem.passing || this.stopped) return;
    const delay = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)] ?? 20_000;
    this.failures += 1;
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  private set(state: SaveState, problem: Problem | null): void {
    if (this.state === state && this.problem === problem) return;
    this.state = state;
    this.problem = problem;
    for (const listener of this.listeners) listener();
  }
}
