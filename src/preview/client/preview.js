// The part of the preview that runs in every open page. It hears of each build, refreshes what
// the page shows if that changed, and lays the mistakes of a failed build over the page.
(() => {
  const own = document.currentScript.dataset;

  // ── Which files the page shows ──────────────────────────────────────────

  // The decoded path of an address of this server, as the builds name it.
  const pathOf = address => {
    try {
      const url = new URL(address, location.href);
      if (url.origin !== location.origin) return null;
      return decodeURIComponent(url.pathname).replace(/\/index\.html$/, '/');
    } catch {
      return null;
    }
  };

  const isPage = path => path === own.shows || path === pathOf(location.href);

  // What was fetched for another page, or by a script for itself, is not shown.
  const SHOWN = new Set(['audio', 'css', 'embed', 'image', 'img', 'object', 'script', 'track', 'video']);

  const loaded = () => [
    ...performance.getEntriesByType('resource')
      .filter(entry => SHOWN.has(entry.initiatorType))
      .map(entry => entry.name),
    ...[...document.images].map(image => image.currentSrc || image.src),
    ...[...document.styleSheets].map(sheet => sheet.href),
    ...[...document.scripts].map(script => script.src),
  ].filter(Boolean).map(pathOf).filter(Boolean);

  // ── Refreshing ──────────────────────────────────────────────────────────

  // Whether a change was heard of that could not be looked at.
  let missed = false;

  const hear = async message => {
    lay(message);
    const changed = message.changed && !missed ? new Set(message.changed) : null;
    const goes = message.navigate && pathOf(message.navigate) !== pathOf(location.href);
    if (goes) {
      location.assign(message.navigate);
    } else if (!changed || [...changed].some(isPage) || loaded().some(path => changed.has(path))) {
      await refresh(changed);
    }
  };

  const refresh = async changed => {
    let version;
    missed = true;
    try {
      const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
      version = answer.headers.get('courant-version') ?? '';
    } catch {
      return; // The preview has gone; it is asked again when it is back.
    }
    missed = false;
    if (version !== own.version || !exchange(changed)) reload(version);
  };

  const reload = version => {
    // Something between us and the preview may keep an old page; asking again will not help.
    const wanted = `${location.href} ${version} ${id}`;
    if (kept('wanted') === wanted) return;
    keep('wanted', wanted);
    keep('scroll', JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  };

  const kept = name => {
    try {
      return sessionStorage.getItem(`courant-${name}`);
    } catch {
      return null;
    }
  };

  const keep = (name, value) => {
    try {
      sessionStorage.setItem(`courant-${name}`, value);
    } catch { /* Then the page begins at its top. */ }
  };

  const scrollBack = () => {
    const [path, x, y] = JSON.parse(kept('scroll') ?? '[]');
    keep('scroll', '[]');
    if (path !== location.pathname) return;
    const back = () => scrollTo({ left: x, top: y, behavior: 'instant' });
    back();
    // Pictures without a size may have moved it.
    addEventListener('load', back, { once: true });
  };

  // Exchanges stylesheets and pictures in place; false if something else changed. Without a list
  // all of them are exchanged, for any may have changed.
  const exchange = changed => {
    const isMeant = address => {
      const path = address && pathOf(address);
      return path !== null && path !== '' && (!changed || changed.has(path));
    };
    const left = new Set(changed ? loaded().filter(path => changed.has(path) && !isPage(path)) : []);
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const addresses = [link.href, ...imports(link.sheet)];
      if (!addresses.some(isMeant)) continue;
      addresses.forEach(address => left.delete(pathOf(address)));
      exchangeSheet(link);
    }
    for (const picture of document.querySelectorAll('img, source')) {
      const addresses = [picture.src, picture.currentSrc, ...candidates(picture)].filter(Boolean);
      if (!addresses.some(isMeant)) continue;
      addresses.forEach(address => left.delete(pathOf(address)));
      exchangePicture(picture);
    }
    return left.size === 0;
  };

  const imports = sheet => {
    try {
      return [...(sheet?.cssRules ?? [])]
        .filter(rule => rule instanceof CSSImportRule)
        .flatMap(rule => [new URL(rule.href, sheet.href ?? location.href).href, ...imports(rule.styleSheet)]);
    } catch {
      return []; // A sheet of another server keeps its rules to itself.
    }
  };

  const fresh = address => {
    const url = new URL(address, location.href);
    url.searchParams.set('courant', id);
    return url.href;
  };

  // The old one stays until the new one is there, so that the page is never bare.
  const exchangeSheet = link => {
    const next = link.cloneNode();
    next.href = fresh(link.href);
    next.onload = next.onerror = () => link.remove();
    link.after(next);
  };

  const candidates = picture =>
    (picture.srcset ?? '').split(/,\s+/).map(candidate => candidate.trim().split(/\s+/)[0]).filter(Boolean);

  const exchangePicture = picture => {
    const here = address => pathOf(address) !== null;
    if (picture.srcset) {
      picture.srcset = picture.srcset.split(/,\s+/).map(candidate => {
        const [address, ...size] = candidate.trim().split(/\s+/);
        return [here(address) ? fresh(address) : address, ...size].join(' ');
      }).join(', ');
    }
    if (picture.getAttribute('src') && here(picture.src)) picture.src = fresh(picture.src);
  };

  // ── What lies over the page ─────────────────────────────────────────────

  const style = `
    :host { all: initial; position: fixed; z-index: 2147483647; }
    :host([data-kind=mistakes]) { inset: 0; overflow: auto; background: #1b1b1fe6; }
    :host([data-kind=early]) { inset: auto auto 0 0; }
    :host, * { font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 50rem; margin: 4vh auto; padding: 1.5rem; border-top: 6px solid #d4351c;
      background: #fff; color: #1b1b1f; }
    header { display: flex; gap: 1rem; justify-content: space-between; align-items: start; }
    h2 { margin: 0; font-size: 1.25rem; font-weight: bold; }
    button { flex: none; padding: .25rem .75rem; border: 1px solid #1b1b1f; background: #fff;
      color: #1b1b1f; cursor: pointer; }
    button:focus-visible { outline: 3px solid #1d70b8; outline-offset: 2px; }
    article { margin-top: 1.5rem; overflow-wrap: anywhere; }
    p { margin: 0 0 .25rem; }
    .message { font-weight: bold; }
    .place { font-family: ui-monospace, monospace; }
    pre { margin: .25rem 0; padding: .5rem; overflow: auto; background: #f0f0f2; color: #1b1b1f; }
    pre, pre * { font: 14px/1.5 ui-monospace, monospace; white-space: pre; }
    mark { background: #ffdd57; color: #1b1b1f; }
    mark:empty { border-left: 2px solid #d4351c; }
    .early { padding: .25rem .75rem; background: #ffdd57; color: #1b1b1f; font-weight: bold; }
    @media print { :host { display: none !important; } }
  `;

  const over = (kind, ...parts) => {
    const host = document.createElement('courant-preview');
    host.dataset.kind = kind;
    host.lang = own.lang;
    host.dir = 'ltr';
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    document.documentElement.append(host);
    root.append(...parts);
    return host;
  };

  // An element with text in it, never markup: the text may be anybody's.
  const element = (name, attributes, ...parts) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...parts);
    return made;
  };

  const COLON = own.lang === 'zh' ? '：' : ': ';

  let overlay = null;
  let laid = '[]';

  // Lays the mistakes over the page, unless they are the ones that were there before.
  const lay = ({ mistakes, mistake_count: count, words }) => {
    const wanted = JSON.stringify(mistakes);
    if (wanted === laid) return;
    laid = wanted;
    close();
    if (count === 0) return;
    const button = element('button', { type: 'button' }, words.close);
    button.onclick = close;
    overlay = over('mistakes', element('main', { role: 'alert' },
      element('header', {},
        element('h2', {}, words.title),
        button),
      ...mistakes.map(drawn),
      ...(words.more ? [element('p', {}, words.more)] : [])));
    addEventListener('keydown', closeOnEscape);
  };

  const drawn = ({ severity, code, message, path, line, column, excerpt, help }) => {
    const place = line === null ? path : `${path}:${line}:${column}`;
    const parts = [element('p', { class: 'message' }, `${severity}${code ? `[${code}]` : ''}${COLON}${message}`)];
    if (path) parts.push(element('p', { class: 'place' }, place));
    if (excerpt) {
      const [before, marked, behind] = excerpt;
      parts.push(element('pre', {}, before, element('mark', {}, marked), behind));
    }
    if (help) parts.push(element('p', { class: 'help' }, help));
    return element('article', {}, ...parts);
  };

  const closeOnEscape = event => {
    if (event.key === 'Escape') close();
  };

  const close = () => {
    overlay?.remove();
    overlay = null;
    removeEventListener('keydown', closeOnEscape);
  };

  // ── Listening ───────────────────────────────────────────────────────────

  // Names the build that the page shows.
  let id = own.id;
  let events = null;

  // A browser keeps few connections to one server, so only pages that are seen listen; the others
  // hear what they missed when they are seen again.
  const listen = () => {
    if (document.visibilityState === 'hidden') {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource(`/.courant/events?since=${encodeURIComponent(id)}`);
      events.onmessage = event => {
        const message = JSON.parse(event.data);
        id = message.id;
        hear(message);
      };
    }
  };

  if (own.early) over('early', element('div', { class: 'early', role: 'note' }, own.early));
  scrollBack();
  listen();
  addEventListener('visibilitychange', listen);
})();
