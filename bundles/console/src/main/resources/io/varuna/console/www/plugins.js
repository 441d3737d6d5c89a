'use strict';

/* Plugins: what is there, what can be had, and what a change would do to rules, before it is made. */
(function (varuna) {
  const h = varuna.h;
  const rest = varuna.rest;
  const KINDS = ['sources', 'sinks', 'lookups', 'codecs', 'connections', 'functions'];

  function card(title, ...content) {
    return h('section', {class: 'card', 'aria-label': title}, h('h2', {}, title), content);
  }

  /* Everything that is offered of a kind: name, version, plugin. Functions come as libraries. */
  function offered(kind) {
    if (kind !== 'functions') {
      return rest.get('/metadata/' + kind).then(list => list.map(one => Object.assign({kind: kind}, one)));
    }
    return rest.get('/plugins/functions').then(names => Promise.all(names.map(name =>
      rest.get(rest.path('plugins', 'functions', name)).then(library => ({kind: kind, name: name, plugin: name,
        version: library.version, functions: library.functions})))));
  }

  /* Groups what is offered by plugin and version; a plugin is addressed by the first thing that it offers. */
  function grouped(lists) {
    const plugins = new Map();
    lists.forEach(list => list.forEach(one => {
      const key = one.plugin + ' ' + one.version;
      if (!plugins.has(key)) {
        plugins.set(key, {key: key, name: one.plugin, version: one.version, first: one, offers: []});
      }
      plugins.get(key).offers.push(one);
    }));
    return Array.from(plugins.values()).sort((a, b) => a.key < b.key ? -1 : 1);
  }

  function installed() {
    return Promise.all(KINDS.map(offered)).then(grouped);
  }

  function offerText(one) {
    return one.kind === 'functions' ? varuna.texts.count(one.functions.length, 'function') : one.kind.slice(0, -1) + ' ' + one.name;
  }

  function versions(effect) {
    if (effect.to === '') {
      return 'Version ' + effect.from + ' goes.';
    }
    return effect.from === '' ? 'Version ' + effect.to + ' comes.' : 'From version ' + effect.from + ' to ' + effect.to + '.';
  }

  /* Shows what would happen, and does it when asked to. preview, action: promises; action's is of a text. */
  function change(title, label, preview, action, done) {
    preview().then(text => {
      const effect = JSON.parse(text);
      varuna.dialog(title, [h('p', {}, versions(effect) + ' Nothing is done yet.'), varuna.impact(effect)], [
        {label: 'Cancel'},
        {label: label, class: effect.to === '' ? 'danger' : 'primary', action: () => action().then(answer => {
          varuna.notify(answer);
          done();
        }).catch(failure => {
          varuna.report(failure);
          done();
        })},
      ]);
    }).catch(varuna.report);
  }

  function remove(plugin, done) {
    const path = rest.path('plugins', plugin.first.kind, plugin.first.name);
    change('Remove plugin ' + plugin.name + '?', 'Remove', () => rest.remove(path + '?dryRun=true'),
      () => rest.remove(path + '?force=true'), done);
  }

  function rollBack(plugin, done) {
    const path = rest.path('plugins', plugin.first.kind, plugin.first.name, 'rollback');
    varuna.confirm('Roll back plugin ' + plugin.name + '?',
      h('p', {}, 'Rules go back to the version that was there before the last upgrade, while they run.'), 'Roll back',
      () => rest.post(path).then(text => {
        const effect = JSON.parse(text);
        varuna.dialog(plugin.name + ' is ' + effect.to + ' again', varuna.impact(effect), [{label: 'Close'}]);
        done();
      }).catch(varuna.report));
  }

  function installedCard(done) {
    const body = h('tbody', {});
    const rows = varuna.keyedRows(body, plugin => plugin.key, plugin => {
      const button = (word, action) => varuna.button(word, () => action(plugin, done),
        {class: 'quiet small', 'aria-label': word + ' ' + plugin.name});
      const back = button('Roll back', rollBack);
      const details = plugin.offers.map(one => one.functions && one.functions.length > 0 ? h('details', {},
        h('summary', {}, offerText(one)), h('p', {class: 'hint'}, one.functions.join(', ')))
        : h('span', {class: 'tag'}, offerText(one)));
      return {element: h('tr', {}, h('th', {scope: 'row'}, plugin.name), h('td', {}, plugin.version), h('td', {}, details),
        h('td', {class: 'actions'}, back, button('Remove', remove))), update: now => {
        back.hidden = !now.exchanged;
      }};
    });
    return {element: card('Installed', varuna.table('Installed plugins', ['Plugin', 'Version', 'Offers', 'Commands'], body, 'stacked')),
      show: rows};
  }

  function availableCard(done) {
    const body = h('tbody', {});
    const none = h('p', {class: 'calm', hidden: true}, 'All that the catalogues have is installed.');
    const install = plugin => {
      const kind = Object.keys(plugin.offers)[0];
      const request = {name: plugin.offers[kind][0], file: plugin.file, sha256: plugin.sha256};
      change('Install ' + plugin.name + ' ' + plugin.version + '?', 'Install',
        () => rest.post('/plugins/' + kind + '?dryRun=true', request), () => rest.post('/plugins/' + kind, request), done);
    };
    return {element: card('In the catalogues', varuna.table('Plugins in the catalogues',
      ['Plugin', 'Version', 'What it is', 'Signed by', {number: 'Size'}, 'Commands'], body, 'stacked'), none),
    show: plugins => {
      none.hidden = plugins.length > 0;
      varuna.replace(body, plugins.map(plugin => h('tr', {}, h('th', {scope: 'row'}, plugin.name), h('td', {}, plugin.version),
        h('td', {}, plugin.description, plugin.fits ? null : h('p', {class: 'reason'}, plugin.obstacle)),
        h('td', {}, plugin.signer || 'nobody'), h('td', {class: 'number'}, varuna.texts.size(plugin.bytes)),
        h('td', {class: 'actions'}, varuna.button('Install', () => install(plugin),
          {class: 'small', disabled: !plugin.fits, 'aria-label': 'Install ' + plugin.name})))));
    }};
  }

  /* The name that a file suggests: varuna-plugin-mysql-1.0.0.jar is mysql. */
  function nameOf(file) {
    return file.replace(/\.[a-z]+$/i, '').replace(/[-_]v?\d+(\.\d+)*.*$/, '').replace(/^(varuna-plugin-|functions-)+/, '');
  }

  function uploadCard(done) {
    const kind = varuna.select(KINDS);
    const name = h('input', {spellcheck: 'false', autocomplete: 'off'});
    const file = h('input', {type: 'file', accept: '.zip,.jar,.kar'});
    const address = h('input', {type: 'text', spellcheck: 'false', placeholder: 'https://…, file:…, mvn:…'});
    const check = h('button', {type: 'submit', class: 'primary'}, 'Show what it would do');
    file.addEventListener('change', () => {
      if (file.files.length > 0 && name.value === '') {
        name.value = nameOf(file.files[0].name);
      }
    });
    const requests = () => {
      if (file.files.length > 0) {
        const path = rest.path('plugins', kind.value, name.value.trim()) + '?file=' + encodeURIComponent(file.files[0].name);
        return dryRun => rest.upload(path + (dryRun ? '&dryRun=true' : ''), file.files[0]);
      }
      const request = {name: name.value.trim(), file: address.value.trim()};
      return dryRun => rest.post('/plugins/' + kind.value + (dryRun ? '?dryRun=true' : ''), request);
    };
    const submit = event => {
      event.preventDefault();
      if (name.value.trim() === '') {
        name.focus();
        return;
      }
      const send = requests();
      change('Install ' + name.value.trim() + '?', 'Install', () => send(true), () => send(false), () => {
        file.value = '';
        done();
      });
    };
    return card('Install or upgrade', h('form', {on: {submit: submit}}, h('div', {class: 'inline'},
      varuna.field('File', file, 'A zip, jar or KAR from this computer,'),
      varuna.field('or address', address, 'or one that the server fetches; empty: from the catalogues.')),
    h('div', {class: 'inline'}, varuna.field('Kind', kind, 'What the plugin offers.'),
      varuna.field('Name', name, 'Of the source, sink, …; the server says which there are if it is another.')), check));
  }

  function eventsCard() {
    const body = h('tbody', {});
    return {element: card('What happened', varuna.table('Events', ['Time', 'Event', 'Plugin', 'Message'], body, 'stacked')),
      show: events => varuna.replace(body, events.length === 0 ? h('tr', {}, h('td', {colspan: 4}, 'Nothing yet.'))
        : events.map(event => h('tr', {}, h('td', {class: 'number'}, varuna.texts.dateTime(event.time)),
          h('td', {}, h('span', {class: 'badge plain'}, event.event)), h('td', {}, event.plugin), h('td', {}, event.message))))};
  }

  varuna.pages.plugins = root => {
    const load = () => Promise.all([installed(), rest.get('/plugins/available'), rest.get('/plugins/events')]).then(answers => {
      const there = new Set(answers[0].map(plugin => plugin.key));
      const exchanged = new Set(answers[2].filter(event => event.event === 'exchanged').map(event => event.plugin));
      now.show(answers[0].map(plugin => Object.assign(plugin, {exchanged: exchanged.has(plugin.name)})));
      more.show(answers[1].filter(plugin => !there.has(plugin.name + ' ' + plugin.version)));
      log.show(answers[2]);
    }).catch(varuna.report);
    const now = installedCard(load);
    const more = availableCard(load);
    const log = eventsCard();
    varuna.replace(root, h('div', {class: 'head'}, h('h1', {}, 'Plugins'), varuna.button('Refresh', load, {class: 'quiet'})),
      now.element, more.element, uploadCard(load), log.element);
    load();
    return {title: 'Plugins'};
  };
})(window.varuna);
