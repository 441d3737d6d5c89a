'use strict';

/* The REST interface, which lies one step above the console. */
(function (varuna) {
  const BASE = '..';

  /* An answer that is an error; `message` is for people: what happened, where, and what to do. */
  function Failure(status, message) {
    this.status = status;
    this.message = message;
  }

  function failure(status, body) {
    try {
      return new Failure(status, JSON.parse(body).message || body);
    } catch (e) {
      // a page of HTML, from a proxy or while Varuna starts, says less
      return new Failure(status, 'The server answers with status ' + status + '. Is Varuna starting, or a proxy between?');
    }
  }

  function send(method, path, body, type, accept) {
    const headers = {Accept: accept || 'application/json'};
    if (body !== undefined) {
      headers['Content-Type'] = type || 'application/json';
    }
    return fetch(BASE + path, {method: method, headers: headers, body: body, credentials: 'same-origin'}).then(
      answer => answer,
      () => {
        throw new Failure(0, 'Varuna does not answer. Does it run?');
      });
  }

  function text(method, path, body, type) {
    return send(method, path, body, type).then(answer => answer.text().then(content => {
      if (!answer.ok) {
        throw failure(answer.status, content);
      }
      return content;
    }));
  }

  /* Takes events out of what has come so far; returns what is left for the next time. */
  function dispatch(received, handlers) {
    const blocks = received.split('\n\n');
    const rest = blocks.pop();
    blocks.forEach(block => {
      const lines = block.split('\n');
      const data = lines.filter(line => line.startsWith('data:')).map(line => line.slice(5).replace(/^ /, ''));
      const dropped = lines.some(line => line === 'event: dropped');
      if (dropped) {
        handlers.dropped(Number(data.join('')));
      } else if (data.length > 0) {
        handlers.result(data.join('\n'));
      }
    });
    return rest;
  }

  function follow(reader, handlers) {
    const decoder = new TextDecoder();
    let received = '';
    const next = () => reader.read().then(part => {
      if (part.done) {
        handlers.end();
        return undefined;
      }
      received = dispatch(received + decoder.decode(part.value, {stream: true}), handlers);
      return next();
    });
    return next();
  }

  varuna.rest = {
    /* path('rules', 'a b', 'status') is '/rules/a%20b/status' */
    path: (...parts) => '/' + parts.map(encodeURIComponent).join('/'),

    get: path => text('GET', path).then(JSON.parse),
    post: (path, body) => text('POST', path, body === undefined ? undefined : JSON.stringify(body)),
    put: (path, body) => text('PUT', path, JSON.stringify(body)),
    remove: path => text('DELETE', path),
    upload: (path, file) => text('POST', path, file, 'application/octet-stream'),

    /*
     * Follows results as they come. Handlers: open(), result(json), dropped(count), end(), failed(failure).
     * Returns a function that leaves.
     */
    events: (method, path, body, handlers) => {
      let reader = null;
      let left = false;
      const leave = () => {
        left = true;
        if (reader) {
          reader.cancel();
        }
      };
      const guarded = {};
      ['open', 'result', 'dropped', 'end', 'failed'].forEach(name => {
        guarded[name] = value => left || handlers[name](value);
      });
      send(method, path, body === undefined ? undefined : JSON.stringify(body), undefined, 'text/event-stream')
        .then(answer => {
          if (!answer.ok) {
            return answer.text().then(content => {
              throw failure(answer.status, content);
            });
          }
          reader = answer.body.getReader();
          if (left) {
            return reader.cancel();
          }
          guarded.open();
          return follow(reader, guarded);
        })
        .catch(e => guarded.failed(e instanceof Failure ? e : new Failure(0, 'The connection was lost.')));
      return leave;
    },
  };
})(window.varuna);
