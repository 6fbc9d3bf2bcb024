import { connect, connectPlan } from './connect.ts';
import { everyCommand, everyPlan } from './every-command.ts';
import { idle, idlePlan } from './idle.ts';
import { injected, injectedPlan } from './injected.ts';
import { large, largePlan } from './large.ts';
import { live, livePlan } from './live-section.ts';
import { place, placePlan } from './place.ts';
import type { Section } from './section.ts';
import type { Stage } from './stage.ts';

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
