import { type ImportPreview, type ImportSettings, ImportState } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { Problem } from '../../http/problem.ts';
import { cancelImport, eventsPath, getImport, previewImport, runImport } from './import-api.ts';

export interface ImportView {
  readonly import: ImportState | null;
  readonly preview: ImportPreview | null;
  /** What will be sent with the next look or run. */
  readonly settings: ImportSettings;
  /** A dry run is under way: `preview` is of other settings; so it is where there is a problem. */
  readonly reading: boolean;
  readonly problem: Problem | null;
  /** The server does not have it any more: it was started anew, or an hour has passed. */
  readonly lost: boolean;
}

export interface ImportStore {
  readonly store: StoreApi<ImportView>;
  /** Follows the import until the returned function is called. */
  follow(): () => void;
  /** Takes these instead of those before, and has the file read with them. */
  set(settings: ImportSettings): void;
  run(): Promise<void>;
  cancel(): Promise<void>;
}

const RETRY_MS = 2000;
const isGone = (error: unknown): boolean => error instanceof Problem && error.status === 404;

/** One import as the server has it, seen alike by every tab. */
export function createImportStore(id: string, settings: ImportSettings): ImportStore {
  const store = createStore<ImportView>(() => ({
    import: null,
    preview: null,
    settings,
    reading: false,
    problem: null,
    lost: false,
  }));
  let wanted: ImportSettings | null = null;

  const failed = (error: unknown): void => {
    if (isGone(error)) store.setState({ lost: true });
    else if (error instanceof Problem) store.setState({ problem: error });
    else throw error;
  };

  /** One dry run at a time; of those asked for meanwhile the last. */
  const look = async (): Promise<void> => {
    wanted = store.getState().settings;
    if (store.getState().reading) return;
    store.setState({ reading: true });
    while (wanted) {
      const asked: ImportSettings = wanted;
      wanted = null;
      try {
        const { preview } = await previewImport(id, asked);
        store.setState({ preview, problem: null });
      } catch (error) {
        failed(error);
      }
    }
    store.setState({ reading: false });
  };

  const load = async (): Promise<void> => {
    const answer = await getImport(id);
    store.setState({ import: answer.import });
    const { preview } = answer;
    // Run before, by somebody else or before the server was started anew: gone on with as it was begun.
    const run = answer.import.settings;
    if (run) store.setState({ settings: { ...store.getState().settings, ...run } });
    // Another tab's choices are this one's too.
    if (preview) store.setState({ preview, settings: { ...store.getState().settings, ...preview.settings } });
    else if (answer.import.stage === 'ready') await look();
  };

  return {
    store,
    follow: () => {
      let source: EventSource | null = null;
      let timer: ReturnType<typeof setTimeout> | null = null;
      const listen = (): void => {
        source = new EventSource(eventsPath(id));
        source.addEventListener('import', ({ data }: MessageEvent<string>) => {
          const before = store.getState().import?.stage;
          const state = ImportState.parse(JSON.parse(data));
          store.setState({ import: state });
          // Another tab has had it read: what came of it is this one's too.
          if (before === 'reading' && state.stage !== 'reading' && !store.getState().reading)
            load().catch(failed);
        });
        source.addEventListener('error', () => {
          if (source?.readyState !== EventSource.CLOSED) return;
          getImport(id).then(
            () => {
              timer = setTimeout(listen, RETRY_MS);
            },
            (error: unknown) => {
              if (isGone(error)) store.setState({ lost: true });
              else timer = setTimeout(listen, RETRY_MS);
            },
          );
        });
      };
      load().catch(failed);
      listen();
      return () => {
        source?.close();
        if (timer) clearTimeout(timer);
      };
    },
    set: (next) => {
      store.setState({ settings: next });
      void look();
    },
    run: async () => {
      store.setState({ problem: null });
      await runImport(id, store.getState().settings).then(
        (answer) => store.setState({ import: answer.import }),
        failed,
      );
    },
    cancel: () => cancelImport(id).then(() => {}, failed),
  };
}
