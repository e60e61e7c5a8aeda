/* Reads badges through the camera where the browser can; elsewhere the phone's own camera app does it.
   A badge carries the address of its person: the page goes there, and a person presses the button. */
(() => {
  "use strict";
  const box = document.getElementById("kamera");
  if (!box || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const start = box.querySelector("[data-start]");
  const said = box.querySelector("[data-said]");
  const opens = start.textContent;
  let stream = null;
  let video = null;

  const personOf = (text) => {
    let path;
    try { path = new URL(text, location.href).pathname; } catch { return null; }
    const code = path.startsWith(box.dataset.scan) ? path.slice(box.dataset.scan.length) : "";
    return /^[0-9A-Z]{12}$/.test(code) ? box.dataset.scan + code : null;
  };

  const close = () => {
    stream?.getTracks().forEach((track) => track.stop());
    video?.remove();
    stream = video = null;
    start.querySelector(".kern-label").textContent = opens;
  };

  const look = async (detector) => {
    if (!video) return;
    try {
      for (const found of await detector.detect(video)) {
        const person = personOf(found.rawValue);
        if (person) { close(); location.assign(person); return; }
        said.textContent = box.dataset.notOurs;
      }
    } catch { /* no picture yet */ }
    setTimeout(look, 200, detector);
  };

  const open = async () => {
    said.textContent = "";
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      said.textContent = box.dataset.noCamera;
      return;
    }
    video = document.createElement("video");
    video.className = "door-camera__picture";
    video.muted = video.playsInline = true;
    video.srcObject = stream;
    start.after(video);
    start.querySelector(".kern-label").textContent = box.dataset.stop;
    await video.play();
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  };

  BarcodeDetector.getSupportedFormats().then((formats) => {
    if (!formats.includes("qr_code")) return;
    start.hidden = false;
    box.querySelector("[data-hint]").hidden = true;
    start.addEventListener("click", () => (stream ? close() : open()));
  });
  window.addEventListener("pagehide", close);
})();
