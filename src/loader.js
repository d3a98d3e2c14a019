// Warmline's loader: the only thing that a shop's page pays for before somebody wants to talk.
//
// It draws the launcher, owns <warmline-chat> and its open shadow root, answers `Warmline(…)`, and at the first intent
// (hover, focus, touch, click) fetches the widget. When anything of that fails, it reaches a person another way.
// Every visitor downloads every byte of it, so it stays under 3 kB of brotli: icons are borders and not pictures, `let`
// serves for `const`, and what can wait stands in style/ and in the widget.
// Nothing here calls eval or sets innerHTML or a style attribute, so strict Content-Security-Policies and Trusted Types
// have nothing to refuse; code comes by import(), which takes over the nonce of the script tag and is no sink of theirs.
(() => {
  let script = document.currentScript,
    stub = window.Warmline;
  if (stub?.open) return console.warn('Warmline is here already.');

  // Kept now, because a page may patch it later. For the same reason some objects below have no prototype.
  let fetch = window.fetch;

  // What is said before the language file is there. The same words stand in locales/.
  let WORDS = {
    en: ['Talk to a person'],
    de: ['Mit einem Menschen sprechen'],
    es: ['Hablar con una persona'],
    ar: ['التحدث إلى موظف', 'محادثة'],
    ja: ['担当者と話す', 'チャット'],
  };

  // The launcher, the frame of the panel and its waiting state; style/ has all the rest. The colours are those of
  // style/tokens.css, which is not here yet. While the chat is open the launcher closes it, on a phone from the corner.
  let STYLE = `
:host{all:initial!important;position:fixed!important;z-index:var(--warmline-z-index,2147483000)!important;font-family:inherit!important;color-scheme:light dark!important;--_x:calc(var(--warmline-offset-inline,20px) + env(safe-area-inset-right))}
:host([scheme=dark]){color-scheme:dark!important}
:host([scheme=light]){color-scheme:light!important}
:host([hidden]),[hidden]{display:none!important}
.launcher,.panel{position:fixed;right:var(--_x);bottom:calc(var(--warmline-offset-block,20px) + env(safe-area-inset-bottom));box-shadow:0 4px 24px #0004}
:host([side=left])>*{left:var(--_x);right:auto}
.launcher{width:56px;height:56px;border:0;border-radius:50%;background:var(--warmline-accent,#2f7566);color:var(--warmline-on-accent,#fff)}
.launcher:before{content:'';display:inline-block;width:20px;height:16px;border:2px solid;border-radius:6px 6px 6px 0}
.launcher[aria-expanded=true]:before{width:11px;height:11px;border-width:0 2px 2px 0;border-radius:0;rotate:45deg}
.badge{position:absolute;inset:-4px -4px auto auto;min-width:22px;border-radius:11px;background:#b3261e;color:#fff;font-size:13px;line-height:22px}
.panel{width:384px;height:680px;max-height:calc(100dvh - 108px);margin-bottom:68px;border-radius:16px;background:var(--warmline-surface,Canvas);color:var(--warmline-text,CanvasText)}
.wait{position:absolute;inset:auto 16px 16px;padding:12px;border:1px solid;border-radius:16px;text-align:center;color:inherit}
@media(max-width:479px),(max-height:479px){.panel{inset:var(--_top,0) 0 auto!important;width:100%;height:var(--_height,100dvh);max-height:none;margin:0;border-radius:0}.launcher[aria-expanded=true]{bottom:auto;top:0;background:none;color:inherit;box-shadow:none}}`;

  // Attributes of the tag, then what `init` says: key, locale, position, preload, colorScheme, zIndex.
  let options = { __proto__: null, ...script.dataset },
    origin = new URL(script.src).origin;

  // ---- What is drawn -------------------------------------------------------------------------
  let make = (tag, part, child = '', properties) => {
    let node = Object.assign(document.createElement(tag), { className: part, part }, properties);
    node.append(child);
    return node;
  };
  let badge = make('span', 'badge'),
    launcher = make('button', 'launcher', badge),
    wait = make('a', 'wait', '', { part: 'talk-to-person', target: '_blank' }),
    panel = make('div', 'panel', wait, { role: 'dialog', tabIndex: -1 });

  // A page that swaps its <body> (Turbo, React, …) takes the element along with it; it comes back by itself.
  customElements.define('warmline-chat', class extends HTMLElement {
    disconnectedCallback() {
      setTimeout(() => this.isConnected || document.body.append(this));
    }
  });
  let element = document.createElement('warmline-chat'),
    root = element.attachShadow({ mode: 'open' });

  let style = text => {
    let sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets.push(sheet);
  };
  style(STYLE);
  root.append(panel, launcher);

  // ---- Language, colours, side ---------------------------------------------------------------
  let locale, strings, unread, shown = false;

  // The first language that is asked for and known: zh-hant-tw, zh-hant, zh. Language files have lower-case names.
  let choose = known => {
    for (let tag of [options.locale, document.documentElement.lang, ...navigator.languages]) {
      for (tag = tag?.toLowerCase(); tag; tag = tag.replace(/-?[^-]*$/, '')) if (known[tag]) return tag;
    }
    return 'en';
  };

  let draw = () => {
    let [person, label = 'Chat'] = strings ? [strings.talk_to_person, strings.chat_label] : WORDS[locale = choose(WORDS)];
    element.lang = locale;
    element.dir = /^(ar|fa|he|ur)/.test(locale) ? 'rtl' : 'ltr';
    element.setAttribute('side', options.position);
    element.setAttribute('scheme', options.colorScheme);
    element.style.setProperty('--warmline-z-index', options.zIndex || '');
    badge.textContent = unread;
    badge.hidden = shown || !unread;
    launcher.ariaLabel = panel.ariaLabel = label + (badge.hidden ? '' : ` (${unread})`);
    launcher.ariaExpanded = shown;
    panel.hidden = !shown;
    wait.textContent = person;
    wait.href = `${origin}/talk/${options.key}`;
  };

  // The phone's keyboard covers the page; the panel keeps to what is left of it.
  let fit = () => {
    panel.style.cssText = `--_top:${visualViewport.offsetTop}px;--_height:${visualViewport.height}px`;
  };

  // ---- Fetching the widget -------------------------------------------------------------------
  let list, chat, loading, dressed, attempt = 0;

  let address = name => origin + '/assets/' + name;
  let get = async (url, kind, how) => {
    let answer = await fetch(url, { __proto__: null, ...how });
    if (answer.ok) return kind ? answer[kind]() : answer;
    throw Error(url);
  };
  // The fragment makes it another module: a failed import is remembered by its address.
  let load = name => import(address(name) + '#' + attempt++);

  let speak = async () => {
    locale = choose(list.locales);
    strings = await get(address(list.locales[locale]), 'json');
    draw();
  };

  let assemble = async () => {
    list = await get(address('manifest.json'), 'json', { cache: 'no-store' });
    dressed = Promise.all([speak(), get(address(list.css), 'text').then(style)]);
    // `WebAssembly.validate` says yes even where a policy refuses it, so try with the eight bytes of an empty module.
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    let [glue, wasm] = await Promise.all([load(list.js), get(address(list.wasm)), dressed]);
    await glue.default({ module_or_path: wasm });
    return glue.Chat;
  };

  let seat = made => {
    let place = make('div', 'chat');
    panel.replaceChildren(place);
    chat = made.mount(place, { __proto__: null, ...options, base: origin, locale, strings, page: location.href, on: hear });
    if (shown) {
      call('opened');
      if (root.activeElement) focus();
    }
  };

  // One try, and one more with a fresh list: after an upgrade the files that an old list names may be gone.
  let ready = () => (loading ||= Promise.race([
    assemble().catch(assemble),
    new Promise((_, fail) => setTimeout(fail, 1e4, Error('timeout'))),
  ]).then(seat).catch(rescue));

  // A person is reached by the small form; when not even that can be fetched, by the link that the panel begins with.
  let rescue = error => {
    chat = loading = null;
    panel.replaceChildren(wait);
    emit('error', error);
    return shown && (loading = Promise.all([load(list?.fallback), dressed]).then(([made]) => seat(made)).catch(() => loading = null));
  };

  // Later, so that nothing which goes wrong in there is thrown at the page.
  let call = (name, ...values) => queueMicrotask(() => chat?.[name]?.(...values));

  // ---- Events --------------------------------------------------------------------------------
  let emit = (name, detail) => {
    element.dispatchEvent(new CustomEvent('warmline:' + name, { detail, bubbles: true }));
  };
  let hear = (name, detail) => {
    if (name == 'close') return api.close();
    if (name == 'unread') unread = detail.count;
    draw();
    emit(name, detail);
  };

  // Not without an act of the shopper; and on a touch screen not into the input, where it would call up the keyboard.
  let focus = () => {
    if (navigator.userActivation.isActive) {
      panel.focus();
      if (matchMedia('(hover)').matches) call('focus');
    }
  };

  // The conversation of an earlier visit, if there is one. Where storage is refused there is none.
  let saved = () => {
    try {
      return JSON.parse(localStorage.getItem('warmline:' + options.key));
    } catch {}
  };

  // ---- What the page may call ----------------------------------------------------------------
  let api = {
    init(given) {
      Object.assign(options, given);
      start();
    },
    open() {
      api.show();
      if (shown) return;
      shown = true;
      draw();
      call('opened');
      focus();
      ready();
      emit('opened');
    },
    close() {
      if (!shown) return;
      let within = root.activeElement;
      shown = false;
      draw();
      if (within) launcher.focus();
      call('closed');
      emit('closed');
    },
    toggle() {
      api[shown ? 'close' : 'open']();
    },
    show() {
      element.hidden = false;
    },
    hide() {
      api.close();
      element.hidden = true;
    },
    identify(given) {
      call('identify', options.identity = given?.identity || given);
    },
    setAttributes(given) {
      call('setAttributes', options.attributes = { ...options.attributes, ...given });
    },
    setLocale(given) {
      options.locale = given;
      draw();
      if (list) speak().then(() => call('setLocale', locale, strings));
    },
    setColorScheme(given) {
      options.colorScheme = given;
      draw();
    },
    talkToPerson() {
      api.open();
      ready().then(() => call('talkToPerson'));
    },
    reset() {
      options.identity = options.attributes = null;
      hear('unread', { count: 0 });
      if (saved()) ready().then(() => call('reset'));
    },
    on(name, listen) {
      let heard = event => listen(event.detail);
      element.addEventListener('warmline:' + name, heard);
      return () => element.removeEventListener('warmline:' + name, heard);
    },
  };

  let start = () => {
    if (!options.key || element.isConnected) return;
    draw();
    document.body.append(element);
    launcher.onclick = api.toggle;
    visualViewport.addEventListener('resize', fit);
    panel.onkeydown = event => {
      // What is typed here is not a shortcut of the shop's page.
      event.stopPropagation();
      if (event.key == 'Escape' && !event.defaultPrevented && !event.isComposing) api.close();
    };
    // A module that has trapped is dead for good, whoever called it.
    addEventListener('error', ({ error, filename }) => {
      if (chat && error instanceof WebAssembly.RuntimeError && filename.startsWith(origin)) rescue(error);
    });
    if (options.preload != 'none') launcher.onpointerenter = launcher.onfocus = ready;
    if (options.preload == 'idle') window.requestIdleCallback?.(ready);
    let { id, token } = saved() || {};
    if (token) {
      get(`${origin}/v1/conversations/${id}/unread`, 'json', { headers: { authorization: 'Bearer ' + token } })
        .then(answer => hear('unread', answer), () => {});
    }
    // Later, so that whoever asked for it through the stub hears it.
    setTimeout(emit, 0, 'ready');
  };

  let Warmline = window.Warmline = Object.assign((name, ...values) => api[name]?.(...values), api);
  let begin = () => {
    start();
    for (let early of stub?.q || []) Warmline(...early);
  };
  if (document.body) begin(); else addEventListener('DOMContentLoaded', begin);
})();
