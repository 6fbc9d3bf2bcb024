import { type ImportPreview, type ImportSettings, ImportState } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { Problem } from '../../http/problem.ts';
import { cancelImport, eventsPath, getImport, previewImport, runImport } from './import-api.ts';

export interface ImportView {
  readonly import: ImportState | null;
  readonly preview: ImportPreview | null;
  /** The settings that the next dry run or run will use. */
  readonly settings: ImportSettings;
  /** A dry run is under way. Until it is done, and where it fails, `preview` is still of the settings before. */
  readonly reading: boolean;
  readonly problem: Problem | null;
  /** The server does not have it any more: it was started anew, or an hour has passed. */
  readonly lost: boolean;
}

export interface ImportStore {
  readonly store: StoreApi<ImportView>;
  /** Follows the import until the returned function is called. */
  follow(): () => void;
  /** Replaces the settings and has the file read again with them. */
  set(settings: ImportSettings): void;
  run(): Promise<void>;
  cancel(): Promise<void>;
}

const RETRY_MS = 2000;
const isGone = (error: unknown): boolean => error instanceof Problem && error.status === 404;

/** A currency that was found in the file is found again; only one that somebody has chosen is a choice. */
function chosenIn({ settings: { currency, ...settings }, reading }: ImportPreview): ImportSettings {
  const isFound = reading?.decisions.some((one) => one.about === 'currency' && one.isFound) ?? true;
  return isFound ? settings : { ...settings, currency };
}

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

  /** One dry run at a time: of the settings chosen while it runs only the last are tried. */
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
    // A run of this file has been started before, perhaps by somebody else or before the server restarted: it
    // goes on with the settings it began with.
    const run = answer.import.settings;
    if (run) store.setState({ settings: { ...store.getState().settings, ...run } });
    // The settings may have been chosen in another tab: this one takes them over.
    if (preview)
      store.setState({ preview, settings: { ...store.getState().settings, ...chosenIn(preview) } });
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
          // Another tab started a dry run that has just ended: its result is loaded here, too.
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
