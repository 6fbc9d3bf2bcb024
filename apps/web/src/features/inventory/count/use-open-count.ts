import type { TopicView } from '@almenara/events';
import { useTopicPart } from '../../../realtime/index.ts';

/** The count of a zone, live; null until it has arrived. */
export const useOpenCount = (zone: string): TopicView<'count'> | null =>
  useTopicPart('count', (view) => view, { zone });
