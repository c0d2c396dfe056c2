#!/usr/bin/env bash
# Builds everything and runs every test: ./test.sh [FILTER]. Ends with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
filter=${1:-}
./tarn --version >/dev/null || exit 1
dotnet build Tarn.slnx -c Release -m:2 -v q --nologo || { echo "0 passed, 1 failed"; exit 1; }
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  [ -n "$filter" ] && [[ "$name" != *"$filter"* ]] && continue
  echo "== $name"
  dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$name.trx" \
    --results-directory "$results" --logger "console;verbosity=minimal" || status=1
done
skipped=$(grep -h -o 'testName="[^"]*"[^>]*outcome="NotExecuted"' "$results"/*.trx 2>/dev/null | sed 's/testName="\([^"]*\)".*/  skipped: \1/')
[ -n "$skipped" ] && echo "$skipped"
failed=$(grep -h '<UnitTestResult ' "$results"/*.trx 2>/dev/null | grep -c 'outcome="Failed"')
passed=$(grep -h '<UnitTestResult ' "$results"/*.trx 2>/dev/null | grep -c 'outcome="Passed"')
notrun=$(grep -h '<UnitTestResult ' "$results"/*.trx 2>/dev/null | grep -c 'outcome="NotExecuted"')
if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then echo "no test ran"; failed=1; status=1; fi
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed, $notrun skipped"
exit $status
