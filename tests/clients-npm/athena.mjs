// @aws-sdk/client-athena against a Tarn server given by AWS_ENDPOINT_URL and AWS_* keys.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import {
  AthenaClient, CreateNamedQueryCommand, CreatePreparedStatementCommand, CreateWorkGroupCommand,
  DeleteWorkGroupCommand, GetNamedQueryCommand, GetPreparedStatementCommand, GetQueryExecutionCommand,
  GetQueryResultsCommand, GetTableMetadataCommand, GetWorkGroupCommand, ListEngineVersionsCommand,
  paginateGetQueryResults, paginateListQueryExecutions, StartQueryExecutionCommand, StartSessionCommand,
  StopQueryExecutionCommand, TagResourceCommand, ListTagsForResourceCommand, UpdateWorkGroupCommand,
} from '@aws-sdk/client-athena';

const athena = new AthenaClient({ region: 'us-east-1', endpoint: process.env.AWS_ENDPOINT_URL });
const send = (command) => athena.send(command);
const WorkGroup = 'node';

async function run(QueryString, more = {}) {
  const { QueryExecutionId } = await send(new StartQueryExecutionCommand({ QueryString, WorkGroup, ...more }));
  for (;;) {
    const { QueryExecution } = await send(new GetQueryExecutionCommand({ QueryExecutionId }));
    if (!['QUEUED', 'RUNNING'].includes(QueryExecution.Status.State)) return QueryExecution;
    await wait(20);
  }
}

async function rows(QueryExecutionId) {
  const found = [];
  for await (const page of paginateGetQueryResults({ client: athena, pageSize: 400 }, { QueryExecutionId })) {
    found.push(...page.ResultSet.Rows.map((row) => row.Data.map((datum) => datum.VarCharValue)));
  }
  return found;
}

await send(new CreateWorkGroupCommand({ Name: WorkGroup, Configuration: { EnforceWorkGroupConfiguration: false } }));
await send(new UpdateWorkGroupCommand({
  WorkGroup, Description: 'of node', ConfigurationUpdates: { BytesScannedCutoffPerQuery: 20_000_000 },
}));
const group = (await send(new GetWorkGroupCommand({ WorkGroup }))).WorkGroup;
assert.equal(group.Description, 'of node');
assert.equal(group.Configuration.BytesScannedCutoffPerQuery, 20_000_000);
assert.ok(group.CreationTime instanceof Date);
const ResourceARN = 'arn:aws:athena:us-east-1:000000000000:workgroup/node';
await send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'a', Value: 'b' }] }));
assert.deepEqual((await send(new ListTagsForResourceCommand({ ResourceARN }))).Tags, [{ Key: 'a', Value: 'b' }]);

const many = await run('SELECT n, CAST(NULL AS varchar) AS x FROM UNNEST(sequence(1, 1000)) AS t (n) ORDER BY n');
assert.equal(many.Status.State, 'SUCCEEDED', many.Status.StateChangeReason);
const got = await rows(many.QueryExecutionId);
assert.deepEqual(got[0], ['n', 'x']);
assert.deepEqual(got.slice(1), Array.from({ length: 1000 }, (_, i) => [`${i + 1}`, undefined]));
const bound = await run('SELECT ? AS n', { ExecutionParameters: ['5'] });
assert.deepEqual(await rows(bound.QueryExecutionId), [['n'], ['5']]);

const failed = await run('SELECT nothing FROM raw.scores');
assert.equal(failed.Status.AthenaError.ErrorCategory, 2);
assert.match(failed.Status.StateChangeReason, /^COLUMN_NOT_FOUND: line 1:8/);
await assert.rejects(
  send(new GetQueryResultsCommand({ QueryExecutionId: failed.QueryExecutionId })),
  { name: 'InvalidRequestException' });
await assert.rejects(
  send(new StartQueryExecutionCommand({ QueryString: 'SELEC', WorkGroup })),
  { name: 'InvalidRequestException', AthenaErrorCode: 'MALFORMED_QUERY' });
await assert.rejects(
  send(new GetTableMetadataCommand({ CatalogName: 'AwsDataCatalog', DatabaseName: 'raw', TableName: 'absent' })),
  { name: 'MetadataException' });
await assert.rejects(
  send(new GetPreparedStatementCommand({ StatementName: 'absent', WorkGroup })),
  { name: 'ResourceNotFoundException', ResourceName: 'absent' });
await assert.rejects(send(new StartSessionCommand({
  WorkGroup, EngineConfiguration: { MaxConcurrentDpus: 2 },
})), /Spark/);

const { QueryExecutionId } = await send(new StartQueryExecutionCommand({
  WorkGroup,
  QueryString: 'SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b (y) '
    + 'CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) WHERE sin(x + y + z) > 2',
}));
await send(new StopQueryExecutionCommand({ QueryExecutionId }));
const stopped = (await send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution;
assert.equal(stopped.Status.State, 'CANCELLED');

const { NamedQueryId } = await send(new CreateNamedQueryCommand({
  Name: 'n', Database: 'raw', QueryString: 'SELECT 1', WorkGroup,
}));
assert.equal((await send(new GetNamedQueryCommand({ NamedQueryId }))).NamedQuery.Name, 'n');
await send(new CreatePreparedStatementCommand({ StatementName: 'p1', WorkGroup, QueryStatement: 'SELECT ?' }));
const prepared = await send(new GetPreparedStatementCommand({ StatementName: 'p1', WorkGroup }));
assert.ok(prepared.PreparedStatement.LastModifiedTime instanceof Date);
assert.equal((await send(new ListEngineVersionsCommand({}))).EngineVersions.length, 2);

const listed = [];
for await (const page of paginateListQueryExecutions({ client: athena, pageSize: 2 }, { WorkGroup })) {
  listed.push(...page.QueryExecutionIds);
}
assert.equal(new Set(listed).size, 4);
await send(new DeleteWorkGroupCommand({ WorkGroup, RecursiveDeleteOption: true }));

console.log('aws-sdk v3: athena ok');
