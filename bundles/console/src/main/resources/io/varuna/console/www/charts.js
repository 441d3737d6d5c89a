'use strict';

/* Drawings, as SVG. */
(function (varuna) {
  const s = varuna.s;
  const WIDTH = 100;
  const HEIGHT = 24;
  const POINTS = 60;

  function points(history, top) {
    const step = WIDTH / (POINTS - 1);
    const first = POINTS - history.length;
    return history.map((value, i) =>
      ((first + i) * step).toFixed(1) + ',' + (HEIGHT - 2 - value / top * (HEIGHT - 4)).toFixed(1));
  }

  /* A line of the last minutes, to be shown with `draw(history)`; the figure beside it says the same in words. */
  varuna.sparkline = className => {
    const area = s('polygon', {class: 'area'});
    const line = s('polyline', {class: 'line'});
    const element = s('svg', {class: 'spark ' + (className || ''), viewBox: '0 0 ' + WIDTH + ' ' + HEIGHT,
      preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false'}, area, line);
    element.draw = (history, atLeast) => {
      if (history.length < 2) {
        return;
      }
      const top = Math.max(atLeast || 0, 0.001, history.reduce((a, b) => Math.max(a, b), 0));
      const path = points(history, top);
      const left = path[0].split(',')[0];
      line.setAttribute('points', path.join(' '));
      area.setAttribute('points', left + ',' + HEIGHT + ' ' + path.join(' ') + ' ' + WIDTH + ',' + HEIGHT);
    };
    return element;
  };

  const BOX = {width: 190, height: 66, gapX: 44, gapY: 18};

  /* The distance of each step from the sources, so that arrows lead to the right only. */
  function columns(topology) {
    const column = {};
    const visit = (name, depth) => {
      if (!(name in column) || column[name] < depth) {
        column[name] = depth;
        (topology.edges[name] || []).forEach(next => visit(next, depth + 1));
      }
    };
    topology.sources.forEach(name => visit(name, 0));
    return column;
  }

  function places(topology) {
    const column = columns(topology);
    const taken = [];
    const place = {};
    Object.keys(column).forEach(name => {
      const x = column[name];
      taken[x] = (taken[x] || 0) + 1;
      place[name] = {column: x, row: taken[x] - 1};
    });
    const rows = Math.max(1, taken.reduce((a, b) => Math.max(a, b || 0), 0));
    Object.keys(place).forEach(name => {
      const at = place[name];
      const free = (rows - taken[at.column]) / 2;
      at.x = 2 + at.column * (BOX.width + BOX.gapX);
      at.y = 2 + (at.row + free) * (BOX.height + BOX.gapY);
    });
    return {place: place, width: taken.length * (BOX.width + BOX.gapX) - BOX.gapX + 4,
      height: rows * (BOX.height + BOX.gapY) - BOX.gapY + 4};
  }

  function arrow(from, to) {
    const x = from.x + BOX.width;
    const y = from.y + BOX.height / 2;
    const endY = to.y + BOX.height / 2;
    const middle = (x + to.x) / 2;
    return s('path', {class: 'edge', d: 'M' + x + ' ' + y + ' C' + middle + ' ' + y + ' ' + middle + ' ' + endY + ' '
      + (to.x - 5) + ' ' + endY, 'marker-end': 'url(#arrow)'});
  }

  function title(name) {
    return name.replace(/^source_/, '').replace(/^sink_/, '').replace(/^op_\d+_/, '').replace(/_\d+$/, '');
  }

  function kind(name) {
    return ['source', 'sink'].find(word => name.startsWith(word + '_')) || 'step';
  }

  function box(name, at) {
    const lines = [s('text', {x: at.x + 12, y: at.y + 40, class: 'figure'}),
      s('text', {x: at.x + 12, y: at.y + 56, class: 'figure'})];
    const group = s('g', {class: 'node ' + kind(name)},
      s('rect', {x: at.x, y: at.y, width: BOX.width, height: BOX.height, rx: 8}),
      s('text', {x: at.x + 12, y: at.y + 21, class: 'name'}, title(name)),
      s('text', {x: at.x + BOX.width - 10, y: at.y + 21, class: 'kind', 'text-anchor': 'end'}, kind(name)), lines);
    return {group: group, lines: lines, samples: []};
  }

  function show(node, figures) {
    const total = figures.records_in_total || 0;
    const rate = varuna.figures.rate(node.samples, {time: Date.now(), in: total}, 'in');
    const short = varuna.texts.short;
    varuna.setText(node.lines[0], short(total) + ' in, ' + short(figures.records_out_total || 0) + ' out'
      + (rate === null ? '' : ' · ' + short(rate) + '/s'));
    const waiting = figures.buffer_length ? ', ' + short(figures.buffer_length) + ' wait' : '';
    const errors = figures.exceptions_total ? ', ' + short(figures.exceptions_total) + ' errors' : '';
    varuna.setText(node.lines[1], varuna.texts.latency(figures.process_latency_us || 0) + waiting + errors);
    node.group.classList.toggle('broken', figures.connection_status === -1 || figures.connection_status === 0);
    node.group.classList.toggle('faulty', Boolean(figures.exceptions_total));
  }

  /* The steps of a rule; `draw(status)` puts the figures into them. */
  varuna.topologyChart = topology => {
    const layout = places(topology);
    const nodes = {};
    const arrows = [];
    Object.keys(layout.place).forEach(name => {
      nodes[name] = box(name, layout.place[name]);
      (topology.edges[name] || []).forEach(next => arrows.push(arrow(layout.place[name], layout.place[next])));
    });
    const names = Object.keys(nodes);
    const drawing = s('svg', {class: 'topology', viewBox: '0 0 ' + layout.width + ' ' + layout.height,
      width: layout.width, height: layout.height, role: 'img',
      'aria-label': 'Steps of the rule: ' + names.map(title).join(', ')},
    s('defs', {}, s('marker', {id: 'arrow', viewBox: '0 0 8 8', refX: 4, refY: 4, markerWidth: 7, markerHeight: 7,
      orient: 'auto'}, s('path', {d: 'M0 0L8 4L0 8z', class: 'head'}))),
    arrows, names.map(name => nodes[name].group));
    drawing.draw = status => {
      const steps = varuna.figures.steps(status, names);
      names.forEach(name => show(nodes[name], steps[name]));
    };
    return drawing;
  };
})(window.varuna);
