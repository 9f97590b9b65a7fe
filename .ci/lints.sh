#!/usr/bin/env bash
# Lints of what is not TypeScript: workflows (zizmor, actionlint), Dockerfiles (hadolint), scripts (shellcheck), templates
# (cfn-lint). Those that are not installed are named and left out; with LINTS=all a missing one is a failure.
# To have them: pip install --require-hashes --requirement .ci/lints.txt
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 1

failed=0
lint() {
  local tool=$1
  if command -v "$tool" >/dev/null; then
    printf '== %s\n' "$*" | cut -c1-150
    "$@" || failed=1
  else
    printf '!! %s is not installed: what it looks at was not looked at.\n' "$tool"
    [ "${LINTS:-}" != all ] || failed=1
  fi
}

online=()
[ -n "${GH_TOKEN:-}" ] || online=(--offline)
lint zizmor ${online[@]+"${online[@]}"} --quiet --config .github/zizmor.yml .github
lint actionlint
lint hadolint docker/Dockerfile infra/placeholder/Dockerfile
mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
lint shellcheck --severity=warning "${scripts[@]}"

if command -v cfn-lint >/dev/null || [ "${LINTS:-}" = all ]; then
  templates=$(mktemp -d)
  trap 'rm -rf "$templates"' EXIT
  cdk() {
    npx -y pnpm@12 --filter infra exec cdk synth '**' --quiet --output "$@" >/dev/null
  }
  cdk "$templates/service" -c stages=staging,production,pr-1 -c pins=none -c bundles=optional || failed=1
  for stage in staging production preview; do
    # Another repository than the example, which bootstrap refuses.
    cdk "$templates/$stage" --app 'node src/bootstrap/main.ts' \
      -c bootstrap=$stage -c account=111122223333 -c repository=acme/chorus -c repositoryId=7 || failed=1
  done
  mapfile -t files < <(find "$templates" -name '*.template.json')
  lint cfn-lint "${files[@]}"
else
  lint cfn-lint
fi
exit "$failed"
