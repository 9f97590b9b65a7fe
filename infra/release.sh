#!/usr/bin/env bash
# Deploys STAGE from infra/cdk.out, asks it something, and deploys the commit before when the answer is wrong. A stack
# whose deployment fails is taken back by CloudFormation itself. Needs AWS credentials, the AWS CLI and Docker.
set -euo pipefail
cd "$(dirname "$0")/.."

prefix=chorus
[ "$STAGE" = production ] || prefix=chorus-$STAGE
pnpm=(npx -y pnpm@12)

output() {
  aws cloudformation describe-stacks --stack-name "$prefix-serving" \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}

before=$(output Commit 2> /dev/null || true)
"${pnpm[@]}" --filter infra run deploy --stage "$STAGE" --assembly cdk.out -- --require-approval never

CHORUS_API_URL=$(output ApiUrl)
CHORUS_API_KEY=$(aws apigateway get-api-keys --include-values --name-query "$prefix-key" \
  --query 'items[0].value' --output text)
echo "::add-mask::$CHORUS_API_KEY"
export CHORUS_API_URL CHORUS_API_KEY
if "${pnpm[@]}" --filter infra run smoke-test; then exit 0; fi

if ! git cat-file -e "$before^{commit}" 2> /dev/null; then
  echo "The smoke test failed, and there is no commit before to go back to." >&2
  exit 1
fi
# Code goes back; the model versions that are live now stay.
echo "The smoke test failed: going back to $before." >&2
git worktree add ../before "$before"
cd ../before
"${pnpm[@]}" install --frozen-lockfile
"${pnpm[@]}" bundle
"${pnpm[@]}" --filter infra run deploy --stage "$STAGE" -- \
  --require-approval never -c imageCache=gha -c commit="$before"
exit 1
