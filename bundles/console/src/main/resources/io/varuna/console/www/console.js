'use strict';

/* Finds the page for the address, asks for new figures while somebody looks, and knows the keys. */
(function (varuna) {
  const h = varuna.h;
  const PAUSE = 1500;

  const ROUTES = [
    [/^\/?$/, 'overview'],
    [/^\/rules$/, 'rules'],
    [/^\/rules\/([^/]+)$/, 'rule'],
    [/^\/new\/rule$/, 'newRule'],
    [/^\/new\/stream$/, 'newStream'],
    [/^\/query$/, 'query'],
    [/^\/streams$/, 'streams'],
    [/^\/(streams|tables)\/([^/]+)$/, 'stream'],
    [/^\/plugins$/, 'plugins'],
  ];

  const KEYS = [['1 to 5', 'go to a page'], ['/', 'filter the list'], ['n', 'new rule'], ['?', 'this list'],
    ['Ctrl + Space', 'in an editor: complete'], ['Ctrl + Enter', 'in an editor: save, or run'], ['Esc', 'close']];

  const main = document.getElementById('main');
  const lost = document.getElementById('lost');
  const links = Array.from(document.querySelectorAll('#pages a'));

  let page = {};
  let address = '';
  let timer = 0;

  function showLost(failure) {
    lost.hidden = !failure;
    varuna.setText(lost, failure ? failure.message : '');
  }

  /* The slower the answer, the longer the pause: the console takes no part of the machine that matters. */
  function poll() {
    const shown = page;
    clearTimeout(timer);
    if (!shown.tick || document.hidden) {
      return;
    }
    const begin = Date.now();
    shown.tick().then(() => showLost(null), failure => {
      if (failure.status === undefined) {
        throw failure;
      }
      if (shown === page) {
        showLost(failure);
      }
    }).then(() => {
      if (shown === page) {
        clearTimeout(timer);
        timer = setTimeout(poll, Math.max(PAUSE, 5 * (Date.now() - begin)));
      }
    });
  }

  function mark(path) {
    links.forEach(link => {
      const target = link.getAttribute('href').slice(1);
      const current = target === '/' ? path === '/' || path === ''
        : path.replace(/^\/tables/, '/streams').replace(/^\/new\/(rule|stream)/, '/$1s').startsWith(target);
      if (current) {
        link.setAttribute('aria-current', 'page');
      } else {
        link.removeAttribute('aria-current');
      }
    });
  }

  function open(hash) {
    const parts = hash.replace(/^#/, '').split('?');
    const route = ROUTES.find(candidate => candidate[0].test(parts[0]));
    if (page.leave) {
      page.leave();
    }
    clearTimeout(timer);
    mark(parts[0]);
    window.scrollTo(0, 0);
    if (!route) {
      page = {title: 'Not found'};
      varuna.replace(main, h('h1', {}, 'There is no such page'), h('p', {}, h('a', {href: '#/'}, 'To the overview')));
    } else {
      const names = route[0].exec(parts[0]).slice(1).map(decodeURIComponent);
      page = varuna.pages[route[1]](main, new URLSearchParams(parts[1] || ''), names);
    }
    if (!main.contains(document.activeElement)) {
      // the keyboard goes on from the new page, and a screen reader begins to read it
      main.focus({preventScroll: true});
    }
    document.title = page.title + ' · Varuna';
    poll();
  }

  function go() {
    const wanted = location.hash || '#/';
    if (wanted === '#main' || wanted === address) {
      main.focus();
      return;
    }
    if (page.dirty && page.dirty()) {
      const stay = address;
      history.replaceState(null, '', stay);
      varuna.confirm('Leave without saving?', h('p', {}, 'What you have written here is not stored.'), 'Leave', () => {
        page.dirty = null;
        location.hash = wanted;
      });
      return;
    }
    address = wanted;
    open(wanted);
  }

  function showKeys() {
    varuna.dialog('Keys', h('dl', {class: 'pairs'}, KEYS.map(key => [h('dt', {}, h('kbd', {}, key[0])), h('dd', {}, key[1])])),
      [{label: 'Close'}]);
  }

  function isTyping(target) {
    return ['INPUT', 'TEXTAREA', 'SELECT'].indexOf(target.tagName) >= 0;
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog')) {
      return;
    }
    const number = '12345'.indexOf(event.key);
    const filter = document.getElementById('filter');
    if (number >= 0) {
      location.hash = links[number].getAttribute('href');
    } else if (event.key === 'n') {
      location.hash = '#/new/rule';
    } else if (event.key === '?') {
      showKeys();
    } else if (event.key === '/' && filter) {
      filter.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  document.getElementById('help').addEventListener('click', showKeys);
  document.addEventListener('keydown', press);
  document.addEventListener('visibilitychange', poll);
  window.addEventListener('hashchange', go);
  window.addEventListener('beforeunload', event => {
    if (page.dirty && page.dirty()) {
      event.preventDefault();
    }
  });
  go();
})(window.varuna);
