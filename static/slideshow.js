// Shows the slides of a closing over the whole window. Everything is in the page already: no server, no network.

const FORWARD = ["ArrowRight", "ArrowDown", "PageDown", " ", "Spacebar", "Enter"]
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]
const BLACK = [".", "b", "B"]
const SWIPE = 40 // pixels

const shows = new WeakMap()

export default function ({ parentElement, data }) {
  let show = shows.get(parentElement)
  if (!show) {
    show = new Slideshow(parentElement)
    shows.set(parentElement, show)
  }
  show.fill(data)
  return () => {
    // A rerun of the page calls this too; only what has left the page is closed.
    setTimeout(() => { if (!(parentElement.host ?? parentElement).isConnected) show.leave() }, 0)
  }
}

class Slideshow {
  constructor(root) {
    this.at = 0
    this.began = null
    this.isFull = false
    this.launch = element("div", "launch")
    this.dialog = element("dialog", "show")
    root.append(this.launch, this.dialog)
    this.dialog.addEventListener("cancel", event => { event.preventDefault(); this.leave() })
    this.dialog.addEventListener("click", event => this.clicked(event))
    this.swipe()
    this.hear = event => this.pressed(event)
    // Whoever leaves full screen other than by F has pressed Esc, which the browser keeps to itself.
    this.resized = () => { if (!document.fullscreenElement && this.isFull) this.leave() }
    this.tick = () => this.tellSpeaker()
  }

  fill(data) {
    const given = JSON.stringify(data)
    if (given === this.given) return
    this.given = given
    Object.assign(this, { titles: data.titles, narratives: data.narratives, words: data.words })
    this.dialog.setAttribute("aria-label", data.words.name)
    this.dialog.innerHTML = data.html // written by the server, every text escaped
    this.slides = [...this.dialog.querySelectorAll(".slide")]
    this.stage = this.dialog.querySelector(".stage")
    this.at = Math.min(this.dialog.open ? this.at : data.start, this.slides.length - 1)
    this.offer(data)
    this.turn(this.at)
    // A cut of the font that no slide has shown yet would be asked for when the network may be gone.
    document.fonts.forEach(font => { if (/^"?Source Sans"?$/.test(font.family)) font.load() })
  }

  // What stands on the page before the show: a button, and the slides by their titles.
  offer(data) {
    this.launch.replaceChildren()
    const start = element("button", "start", data.words.start)
    start.type = "button"
    start.addEventListener("click", () => this.open(data.start))
    const keys = element("p", "keys", data.words.keys)
    const list = element("ol")
    this.titles.forEach((title, place) => {
      const button = element("button")
      button.type = "button"
      button.append(element("b", "", String(place + 1)), element("span", "", title))
      button.addEventListener("click", () => this.open(place))
      const item = element("li")
      item.append(button)
      list.append(item)
    })
    this.launch.append(start, keys, list)
  }

  open(place) {
    this.began = Date.now()
    this.dialog.showModal()
    // Before the page hears a key: its own shortcuts would rerun it.
    window.addEventListener("keydown", this.hear, true)
    document.addEventListener("fullscreenchange", this.resized)
    document.documentElement.style.overscrollBehavior = "none"
    this.clock = setInterval(this.tick, 1000)
    this.turn(place)
    this.stage.focus()
  }

  leave() {
    window.removeEventListener("keydown", this.hear, true)
    document.removeEventListener("fullscreenchange", this.resized)
    document.documentElement.style.overscrollBehavior = ""
    clearInterval(this.clock)
    this.isFull = false
    if (document.fullscreenElement) document.exitFullscreen()
    if (this.speaker && !this.speaker.closed) this.speaker.close()
    this.speaker = null
    if (this.dialog.open) this.dialog.close()
    this.launch.querySelectorAll("li button")[this.at]?.focus()
  }

  turn(place) {
    this.at = Math.max(0, Math.min(place, this.slides.length - 1))
    this.slides.forEach((slide, i) => { slide.hidden = i !== this.at })
    this.dialog.querySelectorAll(".dot").forEach((dot, i) => dot.setAttribute("aria-current", String(i === this.at)))
    this.dialog.querySelector(".number").textContent = `${this.at + 1} / ${this.slides.length}`
    this.dialog.querySelector(".said").textContent = this.slides[this.at].getAttribute("aria-label")
    this.dialog.querySelector("[data-do=previous]").disabled = this.at === 0
    this.dialog.querySelector("[data-do=next]").disabled = this.at === this.slides.length - 1
    const notes = this.dialog.querySelector(".notes")
    notes.replaceChildren(...this.narratives[this.at].map(line => element("p", "", line)))
    this.tellSpeaker(true)
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab") return
    // A button that has the focus is pressed by Enter and the space bar.
    const inButton = event.composedPath()[0]?.closest?.("button")
    if (inButton && [" ", "Enter"].includes(event.key)) { event.stopImmediatePropagation(); return }
    event.stopImmediatePropagation()
    event.preventDefault() // F5 too: a clicker sends it, and a reload without network would end the show
    this.obey(event.key)
  }

  obey(key) {
    const isBlack = this.stage.classList.contains("black")
    if (BLACK.includes(key) || isBlack) { this.stage.classList.toggle("black"); if (key !== "Escape") return }
    if (FORWARD.includes(key)) this.turn(this.at + 1)
    else if (BACK.includes(key)) this.turn(this.at - 1)
    else if (key === "Home") this.turn(0)
    else if (key === "End") this.turn(this.slides.length - 1)
    else if (key === "Escape") this.leave()
    else if (key === "f" || key === "F") this.full()
    else if (key === "p" || key === "P") this.present()
    else if (key === "n" || key === "N") this.notes()
  }

  clicked(event) {
    const button = event.target.closest("button")
    if (!button) return
    const act = {
      previous: () => this.turn(this.at - 1), next: () => this.turn(this.at + 1), full: () => this.full(),
      speaker: () => this.present(), close: () => this.leave(),
    }[button.dataset.do]
    if (act) act()
    else this.turn(Number(button.dataset.go))
    if (event.detail) this.stage.focus() // clicked, not pressed: the space bar turns pages again
  }

  swipe() {
    let from = null
    this.dialog.addEventListener("touchstart", event => {
      from = event.touches.length === 1 ? [event.touches[0].clientX, event.touches[0].clientY] : null
    }, { passive: true })
    this.dialog.addEventListener("touchend", event => {
      if (!from) return
      const [x, y] = [event.changedTouches[0].clientX - from[0], event.changedTouches[0].clientY - from[1]]
      from = null
      const plot = event.target.closest?.(".plot")
      if (plot && plot.scrollWidth > plot.clientWidth + 1) return // the finger moves the picture
      if (Math.abs(x) > SWIPE && Math.abs(x) > 1.5 * Math.abs(y)) this.turn(this.at + (x < 0 ? 1 : -1))
    }, { passive: true })
  }

  // A dialog itself may not fill the screen, what is in it may. Esc leaves full screen and the show at once.
  full() {
    this.isFull = !this.isFull
    const asked = this.isFull ? this.stage.requestFullscreen?.() : document.exitFullscreen?.() // a phone may know neither
    asked?.catch(() => { this.isFull = false })
  }

  notes() {
    const notes = this.dialog.querySelector(".notes")
    notes.hidden = !notes.hidden
  }

  // The speaker's view: a second window of ours, written from here. Where a browser gives none, notes stand here.
  present() {
    if (this.speaker && !this.speaker.closed) { this.speaker.focus(); return }
    this.speaker = window.open("", "", "width=1000,height=700")
    if (!this.speaker) { this.notes(); return }
    const page = this.speaker.document
    page.title = this.words.speaker
    page.documentElement.lang = document.documentElement.lang
    const style = page.createElement("style")
    style.textContent = SPEAKER
    page.head.append(style)
    for (const [name, tag] of [["time", "p"], ["place", "p"], ["title", "h1"], ["said", "div"], ["next", "p"], ["buttons", "div"]]) {
      const part = page.createElement(tag)
      part.id = name
      page.body.append(part)
    }
    for (const [name, step] of [["previous", -1], ["next", 1]]) {
      const button = page.createElement("button")
      button.textContent = this.words[name]
      button.addEventListener("click", () => this.turn(this.at + step))
      page.getElementById("buttons").append(button)
    }
    this.speaker.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab") return
      if (event.target.closest?.("button") && [" ", "Enter"].includes(event.key)) return
      event.preventDefault()
      if (!["p", "P", "f", "F"].includes(event.key)) this.obey(event.key)
    })
    this.tellSpeaker(true)
  }

  tellSpeaker(isTurned = false) {
    if (!this.speaker || this.speaker.closed) return
    const page = this.speaker.document
    const put = (name, text) => { page.getElementById(name).textContent = text }
    const seconds = Math.floor((Date.now() - this.began) / 1000)
    const two = n => String(n).padStart(2, "0")
    const now = new Date()
    put("time", `${this.words.clock} ${two(now.getHours())}.${two(now.getMinutes())} · ${this.words.elapsed} ${Math.floor(seconds / 60)}:${two(seconds % 60)}`)
    if (!isTurned) return
    put("place", `${this.at + 1} / ${this.slides.length}`)
    put("title", this.titles[this.at])
    page.getElementById("said").replaceChildren(...this.narratives[this.at].map(line => {
      const part = page.createElement("p")
      part.textContent = line
      return part
    }))
    put("next", this.at + 1 < this.titles.length ? `${this.words.coming} ${this.titles[this.at + 1]}` : this.words.last)
  }
}

const SPEAKER = `
body { font: 26px/1.4 "Source Sans", "Source Sans 3", sans-serif; background: #0f1b24; color: #f4f8fa; margin: 24px 32px; }
#time, #place { color: #cdd8de; margin: 0; font-variant-numeric: tabular-nums; }
h1 { font-size: 34px; margin: 12px 0; }
#said p { margin: 0 0 14px; }
#next { border-top: 2px solid #8fa0aa; padding-top: 12px; color: #cdd8de; }
button { font: inherit; padding: 8px 20px; margin-right: 12px; }
`

function element(tag, name = "", text = "") {
  const made = document.createElement(tag)
  if (name) made.className = name
  if (text) made.textContent = text
  return made
}
