// Scans that the site has not confirmed, kept on this phone until it has: codes and numbers, and
// names only of those who walked in. What it answered otherwise than was said stays until read.

export class Unsent {
  constructor(path) {
    this.key = `door:${path}`;
    this.scans = read(this.key);
  }

  add(who) {
    const scan = { scan: crypto.randomUUID(), at: Date.now(), ...who };
    this.scans.push(scan);
    this.#write();
    return scan;
  }

  remove(scan) {
    this.scans = this.scans.filter((each) => each.scan !== scan.scan);
    this.#write();
  }

  keepAnswer(scan, told) {
    const answered = { scan: scan.scan, at: scan.at, told };
    this.scans.push(answered);
    this.#write();
    return answered;
  }

  waiting() {
    return this.scans.filter((each) => !each.told);
  }

  answered() {
    return this.scans.filter((each) => each.told);
  }

  #write() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.scans));
    } catch {
      // A browser that keeps nothing still holds them while the page is open.
    }
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return [];
  }
}
