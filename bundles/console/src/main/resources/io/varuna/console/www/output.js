'use strict';

/* Results as they come: of a rule that runs, or of a query. */
(function (varuna) {
  const h = varuna.h;
  const SHOWN = 100;
  const CALM = 250;

  function written(value) {
    if (value === null || value === undefined) {
      return '';
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  /* A result is a record, or a list of them where a window ended. */
  function records(json) {
    const result = JSON.parse(json);
    return Array.isArray(result) ? result : [result];
  }

  function table() {
    const titles = h('tr', {});
    const body = h('tbody', {});
    let columns = [];
    const row = (entry) => h('tr', {}, h('td', {class: 'time'}, entry.time),
      columns.map(column => h('td', {class: typeof entry.record[column] === 'number' ? 'number' : null},
        written(entry.record[column]))));
    return {
      element: h('div', {class: 'scroll bare', tabindex: 0, role: 'log', 'aria-label': 'Results, the latest first'},
        h('table', {class: 'output'}, h('thead', {}, titles), body)),
      show: entries => {
        const found = [];
        entries.forEach(entry => Object.keys(entry.record).forEach(name => found.indexOf(name) >= 0 || found.push(name)));
        columns = found;
        const isNumber = column => entries.some(entry => typeof entry.record[column] === 'number');
        varuna.replace(titles, h('th', {scope: 'col'}, 'Time'), columns.map(column =>
          h('th', {scope: 'col', class: isNumber(column) ? 'number' : null}, column)));
        varuna.replace(body, entries.map(row));
      },
    };
  }

  /* Makes a panel that follows results. source(): {method, path, body}. */
  varuna.output = (startLabel, source) => {
    const results = table();
    const state = h('span', {class: 'hint', role: 'status'}, '');
    let entries = [];
    let leave = null;
    let paused = false;
    let count = 0;
    let dropped = 0;
    let pending = 0;

    const say = word => varuna.setText(state, [word, varuna.texts.count(count, 'record'),
      dropped > 0 ? dropped + ' dropped, as this browser was too slow' : ''].filter(Boolean).join(', '));
    const draw = () => {
      pending = 0;
      if (!paused) {
        results.show(entries);
      }
      const word = paused ? 'paused' : 'live';
      say(leave === null ? 'ended' : word);
    };
    const drawSoon = () => {
      pending = pending || setTimeout(draw, CALM);
    };
    const stop = () => {
      if (leave) {
        leave();
      }
      leave = null;
      start.textContent = startLabel;
      pause.hidden = true;
      drawSoon();
    };
    const begin = () => {
      const wanted = source();
      count = 0;
      dropped = 0;
      setPaused(false);
      entries = [];
      results.show(entries);
      start.textContent = 'Stop';
      pause.hidden = false;
      varuna.setText(state, 'waiting for the first result');
      leave = varuna.rest.events(wanted.method, wanted.path, wanted.body, {
        open: () => say('live'),
        result: json => {
          const time = varuna.texts.clock(new Date());
          records(json).forEach(record => {
            entries.unshift({time: time, record: record});
            count += 1;
          });
          entries.length = Math.min(entries.length, SHOWN);
          drawSoon();
        },
        dropped: lost => {
          dropped += lost;
          drawSoon();
        },
        end: stop,
        failed: failure => {
          stop();
          if (output.failed) {
            output.failed(failure);
          } else {
            varuna.report(failure);
          }
        },
      });
    };
    const start = varuna.button(startLabel, () => leave ? stop() : begin(), {class: 'primary'});
    const setPaused = wanted => {
      paused = wanted;
      pause.textContent = paused ? 'Go on' : 'Pause';
    };
    const pause = varuna.button('Pause', () => {
      setPaused(!paused);
      draw();
    }, {hidden: true});
    const clear = varuna.button('Clear', () => {
      entries = [];
      results.show(entries);
    }, {class: 'quiet'});
    const output = {
      element: h('div', {class: 'live'}, h('div', {class: 'buttons'}, start, pause, clear, state), results.element),
      toggle: () => leave ? stop() : begin(),
      restart: () => {
        if (leave) {
          stop();
        }
        begin();
      },
      leave: () => {
        if (leave) {
          leave();
          leave = null;
        }
      },
      failed: null,
    };
    return output;
  };
})(window.varuna);
