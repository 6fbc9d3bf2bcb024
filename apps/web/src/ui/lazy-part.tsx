import {
  Component,
  type ComponentType,
  type LazyExoticComponent,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useEffectEvent,
  useState,
} from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { Alert } from './alert.tsx';
import { Button } from './button.tsx';
import { toast } from './toast.ts';

interface LazyPartOptions<P> {
  /** Stands in until the part has come. */
  readonly placeholder?: ReactNode | ((props: P) => ReactNode);
  /** Nobody has asked for this part: if it does not load, no toast says so, and it is tried again later. */
  readonly quiet?: boolean;
}

export type LazyPart<P> = ComponentType<P> & {
  /** For when it may be wanted soon. */
  preload(): void;
};

const QUIET_AGAIN_MS = 10_000;
/** One toast, however often one tries. */
const MISSING_TOAST = 'part-missing';

/**
 * The part's code could not be loaded, as without network before the service worker has kept the app, or while
 * a server restarts.
 */
class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/**
 * A part that is loaded when it is first drawn: a dialog, a menu, a chart. One that does not come leaves the rest of
 * the page as it is: what has an `onClose` is closed again and a toast says why, anything else offers to try again.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { placeholder, quiet = false }: LazyPartOptions<P> = {},
): LazyPart<P> {
  const fresh = (): LazyExoticComponent<ComponentType<P>> =>
    lazy(() =>
      load().then(
        (part) => ({ default: part }),
        (cause: unknown) => {
          throw new PartMissing('A part of the app could not be loaded.', { cause });
        },
      ),
    );
  // React's `lazy` remembers a failure for good, so each try makes a new one.
  let latest = fresh();
  function Drawn(props: P) {
    const [{ Part, tries }, setTry] = useState({ Part: latest, tries: 0 });
    const again = (): void => {
      latest = fresh();
      setTry({ Part: latest, tries: tries + 1 });
    };
    const onClose = closing(props);
    const later = quiet ? <Later again={again} /> : <TryAgain onClick={again} />;
    return (
      <PartBoundary key={tries} missing={onClose ? <Closed again={again} onClose={onClose} /> : later}>
        <Suspense fallback={typeof placeholder === 'function' ? placeholder(props) : placeholder}>
          <Part {...props} />
        </Suspense>
      </PartBoundary>
    );
  }
  // If preloading fails, drawing the part tries again.
  return Object.assign(Drawn, { preload: () => void load().catch(() => {}) });
}

const closing = (props: object): (() => void) | null => {
  if (!('onClose' in props)) return null;
  const { onClose } = props;
  return typeof onClose === 'function' ? () => void onClose() : null;
};

interface PartBoundaryProps {
  readonly missing: ReactNode;
  readonly children: ReactNode;
}

class PartBoundary extends Component<PartBoundaryProps, { readonly error: unknown }> {
  override readonly state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (error instanceof PartMissing) return this.props.missing;
    throw error;
  }
}

const reload = (): void => window.location.reload();

/** Closes a dialog whose code did not load, and says why. Opening it again tries again. */
function Closed({ again, onClose }: { again: () => void; onClose: () => void }): null {
  const { t } = useTranslation();
  const leave = useEffectEvent(() => {
    again();
    onClose();
    // Some browsers never fetch a module again that failed once. Loading the page anew does, so the toast
    // offers that.
    toast.error(t('error.part'), {
      id: MISSING_TOAST,
      action: { label: t('action.reload'), onClick: reload },
    });
  });
  useEffect(() => leave(), []);
  return null;
}

function Later({ again }: { again: () => void }): null {
  const retry = useEffectEvent(again);
  useEffect(() => {
    const timer = setTimeout(() => retry(), QUIET_AGAIN_MS);
    return () => clearTimeout(timer);
  }, []);
  return null;
}

function TryAgain({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert tone="warn">
      <p className="mb-2">{t('error.part')}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onClick}>{t('action.retry')}</Button>
        <Button onClick={reload}>{t('action.reload')}</Button>
      </div>
    </Alert>
  );
}
