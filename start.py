#!/usr/bin/env python3
"""Dasbor Literasi Kepri: pasang dan buka dengan satu perintah (`python3 start.py`), atau klik dua kali."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("LITERASI_VENV", ROOT / ".venv"))  # a stick's own is not on the stick
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fail(message):
    print(f"\nGAGAL: {message}")
    if os.name == "nt" and sys.stdin.isatty():  # double-clicked: let the message be read
        input("Tekan Enter untuk menutup jendela ini.")
    sys.exit(1)


def quiet(*command):
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def make_venv():
    if PYTHON.exists() and quiet(PYTHON, "-c", "import pip"):
        return
    print("[1/3] Membuat lingkungan Python di .venv ...")
    if not quiet(sys.executable, "-c", "import ensurepip, venv"):  # Debian packs these apart
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        if not (root and quiet("sh", "-c", f"apt-get update && apt-get install -y {package}")):
            fail(f"Modul venv tidak ada. Jalankan: sudo apt install {package}, lalu ulangi.")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        fail(f".venv gagal dibuat. Periksa ruang disk dan izin tulis di {ROOT}, lalu ulangi.")


def install(requirements):
    """Install the pinned packages, once: an unchanged file needs neither pip nor a network."""
    pins, installed = (ROOT / requirements).read_text(encoding="utf-8"), VENV / requirements
    if PYTHON.exists() and installed.exists() and installed.read_text(encoding="utf-8") == pins:
        return
    make_venv()
    total, done = sum("==" in line for line in pins.splitlines()), 0
    print(f"[2/3] Memasang {total} paket (sekali saja, perlu jaringan) ...")
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-r", requirements]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
    pip = subprocess.Popen(command, cwd=ROOT, **pipes)
    for line in pip.stdout:
        if line.startswith(("Collecting", "Processing")):
            done += 1
            print(f"      {done}/{total} {line.split()[1].split('/')[-1]}")
        elif line.startswith(("Installing collected", "ERROR", "WARNING: Retry")):
            print("      " + ("menyalin berkas, sekitar satu menit ..." if line[0] == "I" else line.strip()))
    if pip.wait() != 0:
        fail("Paket gagal dipasang (pesan pip di atas). Periksa jaringan atau proksi, lalu ulangi.")
    installed.write_text(pins, encoding="utf-8")


def healthy(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False


def serve(port, lan, browser):
    with socket.socket() as probe, socket.socket(type=socket.SOCK_DGRAM) as card:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            fail(f"Porta {port} sudah dipakai; mungkin dasbor sudah terbuka. Coba: --port {port + 1}")
        card.connect_ex(("10.255.255.255", 1))  # sends nothing: it only picks the network card
        outside = f" dan, hanya-baca, http://{card.getsockname()[0]}:{port}" if lan else ""
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}  # in tests a warning is an error
    print("[3/3] Menyiapkan basis data ...")
    if subprocess.call([PYTHON, "-m", "literasi", "prepare"], cwd=ROOT, env=env) != 0:
        fail("Basis data gagal disiapkan (pesan di atas).")
    command = [PYTHON, "-m", "streamlit", "run", "literasi/asgi.py", f"--server.port={port}"]
    command += ["--logger.level=error", "--logger.hideWelcomeMessage=true"]
    command += [f"--server.address={'0.0.0.0' if lan else '127.0.0.1'}"]
    env |= {"LITERASI_READ_ONLY": "1"} if lan else {}
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: server.terminate())
    while not healthy(port):
        if server.poll() is not None:
            fail("Dasbor gagal dimulai (pesan di atas).")
        time.sleep(0.1)
    print(f"Dasbor Literasi Kepri terbuka di http://localhost:{port}{outside} (Ctrl+C untuk berhenti).")
    if browser:
        webbrowser.open(f"http://localhost:{port}")
    server.wait()


def main():
    parser = argparse.ArgumentParser(description="Buka Dasbor Literasi Kepri. Semua uji: start.py test")
    parser.add_argument("--port", type=int, default=8501, help="porta, bawaan 8501")
    parser.add_argument("--lan", action="store_true", help="perlihatkan ke jaringan kantor, hanya-baca")
    parser.add_argument("--no-browser", action="store_true", help="jangan buka peramban")
    sys.stdout.reconfigure(line_buffering=True, errors="replace")
    if sys.version_info < (3, 11):  # noqa: UP036  an old Python is told, it does not crash
        fail(f"Perlu Python 3.11 atau lebih baru, ini {sys.version.split()[0]}. Unduh di python.org.")
    if sys.argv[1:2] == ["test"]:
        install("requirements-test.txt")
        sys.exit(subprocess.call([PYTHON, "tests/run.py", *sys.argv[2:]], cwd=ROOT))
    options = parser.parse_args()
    install("requirements.txt")
    serve(options.port, options.lan, browser=not (options.no_browser or os.environ.get("CI")))


if __name__ == "__main__":
    main()
