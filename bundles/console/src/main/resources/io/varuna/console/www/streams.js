'use strict';

/* The list of streams and tables, and the form that writes the statement for a new one. */
(function (varuna) {
  const h = varuna.h;
  const rest = varuna.rest;

  const KINDS = {stream: 'stream', 'scan table': 'table', 'lookup table': 'table'};
  const TYPES = ['BIGINT', 'FLOAT', 'STRING', 'BOOLEAN', 'DATETIME', 'BYTEA', 'ARRAY(STRING)', 'ARRAY(FLOAT)'];

  varuna.pages.streams = root => {
    const body = h('tbody', {});
    const none = h('p', {class: 'calm', hidden: true}, 'There is no stream yet.');
    const rows = varuna.keyedRows(body, one => one.kind + one.name, one => ({
      element: h('tr', {}, h('th', {scope: 'row'}, h('a', {href: '#' + rest.path(one.kind + 's', one.name)}, one.name)),
        h('td', {}, one.kind), h('td', {}, one.type), h('td', {}, one.format)),
      update: () => undefined,
    }));
    varuna.replace(root, h('div', {class: 'head'}, h('h1', {}, 'Streams and tables'),
      h('a', {class: 'button primary', href: '#/new/stream'}, 'New stream or table')),
    varuna.table('Streams and tables', ['Name', 'Kind', 'Source', 'Format'], body), none);
    const kind = word => answers => answers.map(one => Object.assign({kind: word}, one));
    return {title: 'Streams', tick: () => Promise.all([rest.get('/streamdetails').then(kind('stream')),
      rest.get('/tabledetails').then(kind('table'))]).then(lists => {
      const all = lists[0].concat(lists[1]);
      rows(all);
      none.hidden = all.length > 0;
    })};
  };

  function quoted(name) {
    return /^[A-Za-z_]\w*$/.test(name) ? name : '`' + name + '`';
  }

  function text(value) {
    return '"' + value.replace(/\\/g, '\\\\').replace(/"/g, '\\"') + '"';
  }

  /* A property as JSON has it: numbers and conditions as such, lists and objects where the text is one. */
  function valueOf(property, written) {
    if (/^(int|long|double|float)$/.test(property.type) && written !== '' && !isNaN(Number(written))) {
      return Number(written);
    }
    if (property.type === 'boolean') {
      return written === 'true';
    }
    try {
      const parsed = JSON.parse(written);
      return typeof parsed === 'object' && parsed !== null ? parsed : written;
    } catch (e) {
      return written;
    }
  }

  function statement(choice) {
    const columns = choice.columns.filter(column => column.name !== '')
      .map(column => quoted(column.name) + ' ' + column.type).join(', ');
    const options = [];
    const option = (name, value) => value !== '' && options.push(name + '=' + text(value));
    option('TYPE', choice.source);
    option('DATASOURCE', choice.dataSource);
    option('FORMAT', choice.format);
    option('TIMESTAMP', choice.timestamp);
    option('KEY', choice.kind === 'lookup table' ? choice.key : '');
    option('KIND', choice.kind === 'lookup table' ? 'lookup' : '');
    if (Object.keys(choice.properties).length > 0) {
      option('EXTRA', JSON.stringify(choice.properties));
    }
    return 'CREATE ' + KINDS[choice.kind].toUpperCase() + ' ' + quoted(choice.name || 'name') + ' (' + columns + ')\n  WITH ('
      + options.join(', ') + ');';
  }

  /* Rows of name and type; there is always an empty one to write on. */
  function columnsField(changed) {
    const list = h('div', {class: 'rows'});
    const add = () => {
      const name = h('input', {'aria-label': 'Name of a column', placeholder: 'column', spellcheck: 'false'});
      const row = h('div', {class: 'row'}, name, varuna.select(TYPES, {'aria-label': 'Type of the column'}));
      name.addEventListener('input', () => {
        if (list.lastChild === row && name.value !== '') {
          add();
        }
        changed();
      });
      row.lastChild.addEventListener('change', changed);
      list.appendChild(row);
    };
    add();
    return {element: h('fieldset', {}, h('legend', {}, 'Columns'), list,
      h('p', {class: 'hint'}, 'Without columns every record is taken as it is.')),
    value: () => Array.from(list.children).map(row => ({name: row.firstChild.value.trim(), type: row.lastChild.value}))};
  }

  /* The properties that a source takes, as the server describes them. */
  function propertiesField(wanted, changed) {
    const holder = h('div', {class: 'inline'});
    let fields = [];
    const field = property => {
      const isFlag = property.type === 'boolean';
      const control = isFlag ? varuna.select(['', 'true', 'false']) : h('input', {spellcheck: 'false'});
      control.setAttribute('placeholder', property.default);
      control.addEventListener(isFlag ? 'change' : 'input', changed);
      fields.push({property: property, control: control});
      return varuna.field(property.name + (property.optional ? '' : ' *'), control, property.hint.en_US);
    };
    return {element: h('details', {open: true}, h('summary', {}, 'Properties of the source'), holder),
      show: (kind, type) => rest.get(rest.path('metadata', kind, type)).then(source => {
        if (type !== wanted()) {
          // another was chosen meanwhile
          return;
        }
        fields = [];
        const needed = source.properties.slice().sort((a, b) => Number(a.optional) - Number(b.optional));
        varuna.replace(holder, needed.length > 0 ? needed.map(field) : h('p', {class: 'calm'}, 'It takes none.'));
      }),
      value: () => {
        const properties = {};
        fields.filter(one => one.control.value !== '').forEach(one => {
          properties[one.property.name] = valueOf(one.property, one.control.value);
        });
        return properties;
      }};
  }

  varuna.pages.newStream = root => {
    const page = {title: 'New stream'};
    let written = '';
    const write = () => {
      written = statement({kind: kind.value, name: name.value.trim(), source: source.value, dataSource: dataSource.value,
        format: format.value, timestamp: timestamp.value.trim(), key: key.value.trim(), columns: columns.value(),
        properties: properties.value()});
      editor.set(written);
    };
    const control = attributes => h('input', Object.assign({spellcheck: 'false', on: {input: () => write()}}, attributes));
    const kind = varuna.select(Object.keys(KINDS), {on: {change: () => offer()}});
    const name = control({});
    const source = varuna.select([], {on: {change: () => describe()}});
    const dataSource = control({});
    const format = varuna.select([], {on: {change: () => write()}});
    const timestamp = control({placeholder: 'none: the time of arrival counts'});
    const key = control({});
    const keyField = varuna.field('Key', key, 'Columns that are looked up by, separated by commas.');
    const columns = columnsField(() => write());
    const properties = propertiesField(() => source.value, () => write());
    const create = () => rest.post('/streams', {sql: editor.value()}).then(answer => {
      varuna.notify(answer);
      page.dirty = null;
      location.hash = '#/streams';
    }, failure => editor.showProblem(failure.message));
    const editor = varuna.editor({label: 'Statement', changed: () => editor.showProblem(null), submit: create});
    const sourceKind = () => kind.value === 'lookup table' ? 'lookups' : 'sources';
    const describe = () => source.value === '' ? write()
      : properties.show(sourceKind(), source.value).then(write).catch(varuna.report);
    const offer = () => {
      keyField.hidden = kind.value !== 'lookup table';
      return rest.get('/metadata/' + sourceKind()).then(list => {
        varuna.replace(source, list.map(one => h('option', {value: one.name}, one.name)));
        return describe();
      }).catch(varuna.report);
    };
    varuna.replace(root, h('div', {class: 'head'}, h('h1', {}, 'New stream or table')), h('div', {class: 'columns'},
      h('div', {}, h('section', {class: 'card', 'aria-label': 'Form'}, h('div', {class: 'inline'},
        varuna.field('Kind', kind), varuna.field('Name', name), varuna.field('Source', source),
        varuna.field('Format', format), varuna.field('Data source', dataSource, 'Topic, path or table, as the source has it.'),
        varuna.field('Time column', timestamp, 'Needed for event time only.'), keyField),
      columns.element, properties.element)),
      h('div', {}, h('section', {class: 'card'}, editor.element,
        h('p', {class: 'hint'}, 'The form writes this statement; it can be changed here.'),
        h('div', {class: 'buttons'}, varuna.button('Create', create, {class: 'primary'}))))));
    rest.get('/metadata/codecs').then(list => {
      varuna.replace(format, list.map(one => h('option', {value: one.name}, one.name)));
      format.value = list.some(one => one.name === 'json') ? 'json' : format.value;
      return offer();
    }).catch(varuna.report);
    page.dirty = () => editor.value() !== written || name.value !== '';
    name.focus();
    return page;
  };
})(window.varuna);
