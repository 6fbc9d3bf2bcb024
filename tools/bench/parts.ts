import type { Stage } from './desks/stage.ts';
import { connect, connectPlan } from './parts/connect.ts';
import { everyCommand, everyPlan } from './parts/every-command.ts';
import { idle, idlePlan } from './parts/idle.ts';
import { injected, injectedPlan } from './parts/injected.ts';
import { large, largePlan } from './parts/large.ts';
import { live, livePlan } from './parts/live-section.ts';
import { place, placePlan } from './parts/place.ts';
import type { Section } from './parts/section.ts';

export const PARTS = ['place', 'commands', 'live', 'connect', 'idle', 'injected', 'large'] as const;
export type Part = (typeof PARTS)[number];
export const isPart = (name: string): name is Part => PARTS.some((part) => part === name);

/** What each part measures, in rounds of so many seconds or of its own length. */
export const parts: Record<Part, (stage: Stage, seconds?: number) => Promise<Section>> = {
  place: (stage, seconds) => place(stage, placePlan(seconds)),
  commands: (stage, seconds) => everyCommand(stage, everyPlan(seconds)),
  live: (stage, seconds) => live(stage, livePlan(seconds)),
  connect: (stage, seconds) => connect(stage, connectPlan(seconds)),
  idle: (stage, seconds) => idle(stage, idlePlan(seconds)),
  injected: (stage, seconds) => injected(stage, injectedPlan(seconds)),
  large: (stage, seconds) => large(stage, largePlan(seconds)),
};
