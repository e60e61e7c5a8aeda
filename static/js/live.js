/* Keeps a page's stream alive and says in words whether it is. The stream itself is htmx's hx-sse.
   It is known to be alive by comparing its last event with the version the server names now and then. */
(() => {
  "use strict";
  const words = document.getElementById("contributions-connection");
  const live = document.getElementById("contributions-live");
  if (!live) return;
  let connection = null;
  let lastSeen = 0;

  const say = (on) => {
    document.body.classList.toggle("is-cut", !on);
    if (words) words.textContent = on ? words.dataset.textOn : words.dataset.textOff;
  };

  /* Ends a stream that may be dead and lets hx-sse connect again without waiting out its delay. */
  const connectAgain = () => {
    if (!connection) return;
    connection.reader?.cancel();
    connection.delayCanceller?.();
  };

  document.addEventListener("htmx:sse:after:connection", (event) => {
    connection = event.detail.connection;
    lastSeen = 0;
    say(true);
  });
  document.addEventListener("htmx:sse:before:connection", (event) => {
    connection = event.detail.connection;
    if (connection.attempt > 0) say(false);
  });
  document.addEventListener("htmx:sse:error", () => say(false));
  document.addEventListener("htmx:sse:close", () => { connection = null; });
  document.addEventListener("htmx:sse:before:message", (event) => {
    const version = Number(event.detail.message.id);
    if (version < lastSeen && live.dataset.whole !== undefined) event.detail.cancelled = true;
    lastSeen = Math.max(lastSeen, version);
  });
  window.addEventListener("offline", () => { say(false); connectAgain(); });
  window.addEventListener("online", connectAgain);

  const check = async () => {
    try {
      const response = await fetch(live.dataset.version, { method: "HEAD", headers: { Accept: "application/json" }, cache: "no-store" });
      const version = Number((response.headers.get("ETag") || "").replace(/"/g, "").split("-")[1]);
      if (response.ok && version > lastSeen) connectAgain();
    } catch { /* no network: hx-sse is already trying */ }
  };
  const checkLater = () => setTimeout(async () => {
    if (!document.hidden && connection && lastSeen) await check();
    checkLater();
  }, 60000 + Math.random() * 30000);
  if (live.dataset.version) checkLater();

  /* htmx looks at the page once its own file has run, perhaps before the one of hx-sse has arrived: connect after both. */
  setTimeout(() => {
    live.setAttribute("hx-sse:connect", live.dataset.stream);
    window.htmx.process(live);
  });
})();
