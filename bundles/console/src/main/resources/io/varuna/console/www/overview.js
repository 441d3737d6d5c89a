'use strict';

(function (varuna) {
  const h = varuna.h;
  const texts = varuna.texts;

  const MOST = 50;

  function card(label, ...content) {
    return h('section', {class: 'card', 'aria-label': label}, h('h2', {}, label), content);
  }

  function flow(label) {
    const figure = h('p', {class: 'big'}, '–');
    const chart = varuna.sparkline('large');
    return {element: card(label, figure, chart), show: (rate, history) => {
      varuna.setText(figure, texts.rate(rate) + ' /s');
      chart.draw(history, 1);
    }};
  }

  function states() {
    const kinds = ['running', 'waiting', 'failed', 'stopped'];
    const counts = {};
    const links = kinds.map(kind => {
      counts[kind] = h('strong', {class: 'big'}, '–');
      return h('a', {class: 'tile ' + kind, href: '#/rules?state=' + kind}, counts[kind], h('span', {}, kind));
    });
    return {element: card('Rules', h('div', {class: 'tiles'}, links)), show: rules => kinds.forEach(kind =>
      varuna.setText(counts[kind], rules.filter(rule => texts.kind(rule.state) === kind).length))};
  }

  function machine() {
    const heap = h('dd', {});
    const meter = h('meter', {min: 0, max: 1, high: 0.9, value: 0, 'aria-label': 'Heap used'});
    const up = h('dd', {});
    const processor = h('dd', {});
    const version = h('dd', {});
    return {element: card('Server', h('dl', {class: 'pairs'},
      h('dt', {}, 'Heap'), heap, h('dt', {}, 'Processor'), processor, h('dt', {}, 'Up for'), up,
      h('dt', {}, 'Version'), version), meter),
    show: server => {
      varuna.setText(heap, texts.megabytes(server.memoryUsed) + ' of ' + texts.megabytes(server.memoryTotal));
      meter.setAttribute('value', (Number(server.memoryUsed) / Number(server.memoryTotal)).toFixed(3));
      varuna.setText(processor, server.cpuUsage || '–');
      varuna.setText(up, texts.duration(server.upTimeSeconds));
      varuna.setText(version, server.version + ', ' + server.os + ' ' + server.arch);
    }};
  }

  /* Rules that somebody should look at, with the reason in the server's words. */
  function attention() {
    const list = h('ul', {class: 'reasons'});
    const rows = varuna.keyedRows(list, rule => rule.id, rule => {
      const reason = h('span', {class: 'reason'});
      const badge = varuna.badge(rule.state);
      const plugins = h('a', {href: '#/plugins'}, 'To the plugins');
      return {
        element: h('li', {}, badge, h('a', {href: '#' + varuna.rest.path('rules', rule.id)}, rule.id), reason, plugins),
        update: now => {
          badge.show(now.state);
          varuna.setText(reason, now.message || now.lastException);
          plugins.hidden = !/plugin/i.test(now.message);
        },
      };
    });
    const calm = h('p', {class: 'calm'}, 'Nothing waits, and no rule has had an error.');
    const more = h('p', {class: 'calm'});
    const empty = h('p', {class: 'calm'}, 'There is no rule yet. Begin with a ', h('a', {href: '#/new/stream'}, 'stream'),
      ', try a ', h('a', {href: '#/query'}, 'query'), ' on it, and make it a ', h('a', {href: '#/new/rule'}, 'rule'), '.');
    return {element: card('What needs attention', list, more, calm, empty), show: rules => {
      const odd = rules.filter(rule => ['waiting', 'failed'].indexOf(texts.kind(rule.state)) >= 0 || rule.exceptions > 0);
      rows(odd.slice(0, MOST));
      more.hidden = odd.length <= MOST;
      varuna.setText(more, 'And ' + (odd.length - MOST) + ' more.');
      calm.hidden = odd.length > 0 || rules.length === 0;
      empty.hidden = rules.length > 0;
    }};
  }

  varuna.pages.overview = root => {
    const into = flow('Records in');
    const out = flow('Records out');
    const rules = states();
    const server = machine();
    const odd = attention();
    varuna.replace(root, h('h1', {}, 'Overview'),
      h('div', {class: 'cards'}, rules.element, into.element, out.element, server.element), odd.element);
    return {title: 'Overview', tick: () => Promise.all([varuna.figures.load(), varuna.rest.get('/')]).then(answers => {
      const list = Array.from(answers[0].values());
      rules.show(list);
      into.show(varuna.figures.all.rateIn, varuna.figures.all.historyIn);
      out.show(varuna.figures.all.rateOut, varuna.figures.all.historyOut);
      server.show(answers[1]);
      odd.show(list);
    })};
  };
})(window.varuna);
