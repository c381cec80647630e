#!/usr/bin/env bash
# Builds the first report with a program and measures both files from outside.
# Usage: run.sh [PROGRAM]   (default: target/release/dinggao). setup.sh comes first.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repo=$(cd "$here/../.." && pwd)
cd "$repo"
program=$(realpath "${1:-target/release/dinggao}")
tools=${EXTERNAL_TOOLS:-$repo/target/external/tools}
work=$repo/target/external/work
python=$tools/venv/bin/python
report=data/report.yaml
rm -rf "$work"; mkdir -p "$work"
wrong=0

step() { # NAME COMMAND…
  local name=$1 begin=$SECONDS; shift
  echo "-- $name"
  "$@" || { wrong=1; echo "   $name: FAILED"; }
  echo "   ($((SECONDS - begin)) s)"
}

same_bytes() {
  "$program" build "$report" --out "$work/again" >/dev/null || return 1
  # Another folder, another working directory, another time zone, one processor.
  mkdir -p "$work/elsewhere" && cp -r data templates fonts "$work/elsewhere/" || return 1
  (cd "$work/elsewhere" && TZ=Asia/Shanghai taskset -c 0 "$program" build "$report" --out "$work/third" >/dev/null) || return 1
  for other in again third; do
    for file in report.pdf report.docx; do
      cmp "$work/out/$file" "$work/$other/$file" || return 1
    done
  done
  echo "  ok    three builds, the same bytes"
}

export PYTHONDONTWRITEBYTECODE=1
step "build" "$program" build "$report" --out "$work/out" --layout "$work/layout.json" --depfile "$work/report.d"
[ -f "$work/out/report.pdf" ] && [ -f "$work/out/report.docx" ] || exit 1
# The samples, and their Word files with every choice of options.
samples=$(grep -l '^template:' data/samples/*.yaml)
build_samples() {
  for sample in $samples; do "$program" build "$sample" --out "$work/samples" >/dev/null || return 1; done
  for source in $report $samples; do
    for profile in portable word; do
      for fonts in "" --embed-fonts; do
        for values in "" --mark-values; do
          # shellcheck disable=SC2086
          "$program" build "$source" --only docx --docx-profile $profile $fonts $values \
            --out "$work/options/$(basename "$source" .yaml)-$profile$fonts$values" >/dev/null || return 1
        done
      done
    done
  done
}
conformance() { # PROFILES FILE…
  java -cp "$tools/verapdf/verapdf.jar:/usr/share/java/jaxb-runtime.jar" "$here/Conformance.java" "$@"
}
press() {
  for source in $report $samples; do "$program" build "$source" --only pdf --pdf print --marks --out "$work/press" >/dev/null || return 1; done
  conformance 2b "$work"/press/*.pdf
}
# What nobody else checks: PDF/X-4, and the structure as it is read aloud.
verified() { for file in "$@"; do "$program" verify "$file" --lang en || return 1; done; }
random_reports() {
  "$python" "$here/random_reports.py" "$program" "$work/random" 8 || return 1
  conformance 2a,ua1 "$work"/random/archive/*.pdf && conformance 2b "$work"/random/press/*.pdf &&
    verified "$work"/random/archive/*.pdf "$work"/random/press/*.pdf
}
# Files of one fault each: where veraPDF has an opinion, it is the same.
agreement() {
  mkdir -p "$work/faults" && DINGGAO_FAULTS=$work/faults cargo test --quiet --locked --test suite each_fault || return 1
  conformance ua1 "$work"/faults/structure-*.pdf >"$work/faults.txt"
  conformance 2b "$work"/faults/x4-*.pdf >>"$work/faults.txt"
  "$python" "$here/agreement.py" "$work/faults.txt"
}
pairs() { for source in $report $samples; do echo "$source"; ls "$work"/{out,samples}/"$(basename "$source" .yaml).docx" 2>/dev/null; done; }
office() {
  "$python" "$here/office.py" "$report" templates/work-report.yaml fonts "$work/office" "$work/out/report.docx" "$work"/samples/*.docx
}
like_office() {
  "$program" build "$report" --out "$work/like-office" --compose libreoffice >/dev/null || return 1
  "$python" "$here/parity.py" "$work/like-office/report.pdf" "$work/like-office/report.docx" templates/work-report.yaml fonts "$work/parity"
}
official() {
  "$python" "$here/official.py" "$work/samples/official-document.pdf" "$work/samples/official-document.docx" \
    templates/work-report.yaml fonts "$work/official-office"
}
contents() {
  mkdir -p "$work/contents" && cp data/*.yaml "$work/contents/" && echo "contents: true" >> "$work/contents/report.yaml" || return 1
  for source in "$work/contents/report.yaml" data/samples/full-report.yaml; do
    "$program" build "$source" --out "$work/contents/out" --compose libreoffice >/dev/null || return 1
    "$python" "$here/contents.py" "$work/contents/out/$(basename "$source" .yaml).docx" templates/work-report.yaml fonts "$work/contents/office" || return 1
  done
}
embedded() {
  for source in $report data/samples/full-report.yaml; do
    "$program" build "$source" --out "$work/embedded" --compose libreoffice --embed-fonts >/dev/null || return 1
    "$python" "$here/embedded.py" "$work/embedded/$(basename "$source" .yaml)".{pdf,docx} "$work/embedded/office" || return 1
  done
}
# The default Word files against the pages of Word's own composition.
only_office() {
  local python=$tools/onlyoffice/bin/python pairs=()
  "$python" "$here/office_faces.py" templates/work-report.yaml fonts "$work/office-faces" || return 1
  for source in $report $samples; do
    "$program" build "$source" --only pdf --compose word --out "$work/as-word" >/dev/null || return 1
    pairs+=("$work/as-word/$(basename "$source" .yaml).pdf" "$(ls "$work"/{out,samples}/"$(basename "$source" .yaml).docx" 2>/dev/null)")
  done
  "$python" "$here/onlyoffice.py" "$work/onlyoffice" "$work/office-faces" "${pairs[@]}"
}
saved() {
  local pairs=()
  for source in $report $samples; do
    pairs+=("$source" "$(ls "$work"/{out,samples}/"$(basename "$source" .yaml).docx" 2>/dev/null)")
  done
  "$python" "$here/saved.py" "$program" templates/work-report.yaml fonts "$work/saved" "$tools/onlyoffice/bin/python" "$work/office-faces" "${pairs[@]}"
}
step "samples" build_samples
# Two halves side by side: the programs of offices work on one processor each.
offices() {
  step "cells" "$python" "$here/cells.py" "$program" "$work/cells"
  step "office" office
  step "parity" like_office
  step "official document" official
  step "contents" contents
  step "embedded faces" embedded
  step "onlyoffice" only_office
  step "saved and merged" saved
  return $wrong
}
others() {
  step "same bytes" same_bytes
  # shellcheck disable=SC2046
  step "figures" "$python" "$here/figures.py" "$program" 10 $report $(grep -l '^template:' data/samples/*.yaml)
  step "text" "$python" "$here/text.py" "$report" "$work/out/report.pdf" "$work/out/report.docx"
  step "print" "$python" "$here/print.py" "$report" "$work/out/report.pdf"
  step "archive" conformance 2a,ua1 "$work/out/report.pdf" "$work"/samples/*.pdf
  step "press" press
  step "verify" verified "$work/out/report.pdf" "$work"/samples/*.pdf "$work"/press/*.pdf
  step "random reports" random_reports
  step "agreement" agreement
  step "readers" "$python" "$here/readers.py" "$tools" "$work/out/report.pdf" "$work"/samples/*.pdf
  step "lines" "$python" "$here/lines.py" "$work/out/report.pdf"
  step "word" "$python" "$here/word.py" "$report" "$work/out/report.docx" "$tools/ooxml"
  step "schema" "$python" "$here/schema.py" "$tools/ooxml" "$work"/options/*/*.docx
  # shellcheck disable=SC2046
  step "structure" "$python" "$here/structure.py" $(pairs)
  step "pandoc" "$python" "$here/pandoc.py" "$work/out/report.docx" "$work"/samples/*.docx
  step "decimals" "$python" "$here/decimals.py" "$program" 2000
  step "together" "$python" "$here/together.py" "$program"
  step "watched" "$python" "$here/watched.py" "$program"
  return $wrong
}
offices >"$work/offices.txt" 2>&1 &
half=$!
others || wrong=1
wait $half || wrong=1
cat "$work/offices.txt"
step "time" hyperfine --shell=none --warmup 2 --runs 10 "$program build $report --out $work/timed"
exit $wrong
