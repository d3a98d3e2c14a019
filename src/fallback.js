// The form that reaches a person when the widget cannot run: WebAssembly is refused, the widget is gone, it took too long.
//
// Plain fetch, plain nodes, text only by textContent. It keeps the conversation where the widget keeps it, so whoever
// comes back with a browser that can, goes on with the same case. Options and methods are those of `Chat` in lib.rs, as
// far as they mean something here.

let make = (tag, properties, ...children) => {
  let node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

export let mount = (container, options) => {
  let { base, key, locale, strings } = options;
  let place = `warmline:${key}`;
  let conversation = recall();
  let seen = 0;
  let timer;
  let open = false;
  let alive = true;
  // What is being sent, with ids made once for it, so that trying again is harmless.
  let draft;

  let status = make('p', { className: 'fallback-status', role: 'status', textContent: strings.fallback_intro });
  let receipt = make('dl', { className: 'fallback-receipt', part: 'receipt', hidden: true });
  let messages = make('ol', { className: 'fallback-messages', part: 'transcript' });
  let text = make('textarea', { rows: 4, maxLength: 4000, required: true, part: 'input' });
  let send = make('button', { className: 'fallback-send', part: 'talk-to-person', textContent: strings.fallback_send });
  let close = make('button', { className: 'fallback-close', part: 'close', type: 'button', ariaLabel: strings.close_chat, textContent: '✕' });
  let form = make('form', { className: 'fallback-form', part: 'composer' },
    make('label', {}, strings.fallback_label, text), send);
  let link = make('a', { className: 'fallback-link', href: `${base}/talk/${key}`, target: '_blank', textContent: strings.fallback_page });
  messages.setAttribute('aria-live', 'polite');
  messages.tabIndex = 0;
  messages.ariaLabel = strings.transcript_label;
  container.replaceChildren(make('div', { className: 'fallback' }, close, status, receipt, messages, form, link));

  function recall() {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null;
    }
  }
  function remember(value) {
    conversation = value;
    try {
      if (value) localStorage.setItem(place, JSON.stringify(value)); else localStorage.removeItem(place);
    } catch { /* Storage is refused: then it lasts as long as this page. */ }
  }

  async function ask(path, body) {
    let headers = { 'content-type': 'application/json' };
    if (conversation) headers.authorization = `Bearer ${conversation.token}`;
    let answer = await fetch(`${base}/v1/conversations${path}`, body
      ? { method: 'POST', headers, body: JSON.stringify(body) }
      : { headers });
    // A token that is over: what was typed goes into a new conversation.
    if (answer.status === 401 || answer.status === 404) remember(draft = null);
    if (!answer.ok) throw Error(answer.status);
    return answer.json();
  }
  // Like randomUUID, which a page on plain http does not have.
  let client_id = () =>
    '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
      (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
    );

  async function submit(event) {
    event.preventDefault();
    let words = text.value.trim();
    if (!words || send.disabled) return;
    if (draft?.words !== words) draft = { words, ids: [client_id(), client_id(), client_id()] };
    send.disabled = true;
    status.textContent = strings.send_sending;
    try {
      let [start, person, message] = draft.ids;
      if (!conversation) {
        let { identity } = options;
        let begun = await ask('', { key, client_id: start, locale, page: location.href, ...(identity && { identity }) });
        remember({ id: begun.conversation_id, token: begun.token });
      }
      let { id } = conversation;
      await ask(`/${id}/handoff`, { client_id: person });
      await ask(`/${id}/messages`, { client_id: message, text: words });
      text.value = '';
      status.textContent = strings.fallback_sent;
    } catch {
      status.textContent = strings.fallback_failed;
    }
    send.disabled = false;
    look();
  }

  let clock = (at) => new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
  let fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  let plural = (forms, count) => fill(forms[new Intl.PluralRules(locale).select(count)] ?? forms.other, { count });

  function showReceipt({ case: opened, queue, promise, agent }) {
    let rows = [];
    if (opened) rows.push([strings.case_code, opened.code]);
    if (agent) rows.push([strings.author_a_person, fill(strings.receipt_joined, agent)]);
    else if (queue) rows.push([strings.queue_place_label, plural(strings.queue_place, queue.position)]);
    if (promise && !promise.kept) {
      let time = clock(promise.promise_by);
      let sentence = promise.broken ? strings.promise_broken_short : promise.kind === 'live' ? strings.promise_by : strings.promise_reply_by;
      rows.push([strings.promise_label, fill(sentence, { time, next: time })]);
    }
    receipt.hidden = !rows.length;
    receipt.replaceChildren(...rows.flatMap(([name, value]) => [make('dt', { textContent: name }), make('dd', { textContent: value })]));
  }

  function showMessages(list) {
    let authors = {
      shopper: () => strings.author_you,
      assistant: () => strings.author_assistant,
      agent: ({ name }) => (name ? fill(strings.author_person, { name }) : strings.author_a_person),
    };
    for (let { seq, author, text: words } of list) {
      let name = authors[author.kind];
      if (seq <= seen || !name || !words) continue;
      seen = seq;
      messages.append(make('li', { className: author.kind, part: 'message' },
        make('b', { part: 'author', textContent: name(author) }), make('p', { textContent: words, dir: 'auto' })));
      messages.lastChild.scrollIntoView({ block: 'nearest' });
    }
  }

  // Looks every three seconds while somebody can see it.
  async function look() {
    clearTimeout(timer);
    if (!open || !alive || !conversation) return;
    try {
      let { state, messages: list } = await ask(`/${conversation.id}`);
      showReceipt(state);
      showMessages(list);
    } catch { /* The next look may find it again. */ }
    timer = setTimeout(look, 3000);
  }

  form.addEventListener('submit', submit);
  close.addEventListener('click', () => options.on('close'));

  return {
    opened() { open = true; look(); },
    closed() { open = false; },
    focus() { text.focus(); },
    talkToPerson() { text.focus(); },
    identify(identity) { options.identity = identity; },
    reset() { remember(null); seen = 0; messages.replaceChildren(); receipt.hidden = true; },
    unmount() { alive = false; container.replaceChildren(); },
  };
};
