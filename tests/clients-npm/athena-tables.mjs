// Tables through @aws-sdk/client-athena: definitions, CREATE TABLE AS, INSERT, UNLOAD, EXECUTE, pages, failures.
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { setTimeout as wait } from 'node:timers/promises';
import {
  AthenaClient, CreatePreparedStatementCommand, CreateWorkGroupCommand, DeleteWorkGroupCommand,
  GetQueryExecutionCommand, GetQueryResultsCommand, GetTableMetadataCommand, paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

const endpoint = process.env.AWS_ENDPOINT_URL;
const athena = new AthenaClient({ region: 'us-east-1', endpoint });
const s3 = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true });
const WorkGroup = 'node-tables';

async function run(QueryString, more = {}) {
  const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({
    QueryString, WorkGroup, QueryExecutionContext: { Database: 'nodeshop' }, ...more,
  }));
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    if (!['QUEUED', 'RUNNING'].includes(QueryExecution.Status.State)) return QueryExecution;
    await wait(10);
  }
}

async function done(sql, more) {
  const execution = await run(sql, more);
  assert.equal(execution.Status.State, 'SUCCEEDED', `${sql}: ${execution.Status.StateChangeReason}`);
  return execution;
}

async function rows(sql, more, pageSize = 1000) {
  const { QueryExecutionId } = await done(sql, more);
  const found = [];
  for await (const page of paginateGetQueryResults({ client: athena, pageSize }, { QueryExecutionId })) {
    found.push(...page.ResultSet.Rows.map((row) => row.Data.map((datum) => datum.VarCharValue)));
  }
  return found;
}

async function read(location) {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location);
  return Buffer.from(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToByteArray());
}

const written = async (execution) =>
  (await read(execution.Statistics.DataManifestLocation)).toString().split('\n').filter(Boolean);

await s3.send(new CreateBucketCommand({ Bucket: 'node-tables' }));
await athena.send(new CreateWorkGroupCommand({
  Name: WorkGroup, Configuration: { ResultConfiguration: { OutputLocation: 's3://node-tables/results' } },
}));

await done('CREATE DATABASE nodeshop');
const made = await done(`CREATE TABLE sales
  WITH (format = 'JSON', external_location = 's3://node-tables/sales/', partitioned_by = ARRAY['region'])
  AS SELECT n AS id, if(n = 2, NULL, CAST('' AS varchar)) AS note, CAST(if(n < 3, 'eu', 'us') AS varchar) AS region FROM UNNEST(sequence(1, 4)) AS t (n)`);
assert.equal((await written(made)).length, 2);
const counted = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: made.QueryExecutionId }));
assert.equal(counted.UpdateCount, 4);
assert.deepEqual(counted.ResultSet.Rows, []);
await done("INSERT INTO sales VALUES (5, 'late', 'asia')");
assert.deepEqual(await rows('SELECT id, note FROM sales ORDER BY id', {}, 2), [
  ['id', 'note'], ['1', ''], ['2', undefined], ['3', ''], ['4', ''], ['5', 'late'],
]);
assert.deepEqual(await rows('SHOW PARTITIONS sales'), [['region=asia'], ['region=eu'], ['region=us']]);
const { TableMetadata } = await athena.send(new GetTableMetadataCommand({
  CatalogName: 'AwsDataCatalog', DatabaseName: 'nodeshop', TableName: 'sales',
}));
assert.deepEqual(TableMetadata.PartitionKeys.map((key) => key.Name), ['region']);

const unloaded = await done(`UNLOAD (SELECT id, region FROM sales WHERE region = 'eu' ORDER BY id)
  TO 's3://node-tables/out/' WITH (format = 'JSON', compression = 'GZIP')`);
const [object] = await written(unloaded);
assert.deepEqual(
  gunzipSync(await read(object)).toString().trim().split('\n').map((line) => JSON.parse(line)),
  [{ id: 1, region: 'eu' }, { id: 2, region: 'eu' }]);

await athena.send(new CreatePreparedStatementCommand({
  StatementName: 'of_region', WorkGroup, QueryStatement: 'SELECT id FROM sales WHERE region = ? ORDER BY id',
}));
assert.deepEqual(await rows('EXECUTE of_region', { ExecutionParameters: ["'us'"] }), [['id'], ['3'], ['4']]);
assert.deepEqual(await rows("EXECUTE of_region USING 'eu'"), [['id'], ['1'], ['2']]);

const many = await rows('SELECT n FROM UNNEST(sequence(1, 2500)) AS t (n) ORDER BY n');
assert.deepEqual(many.slice(1).map(([n]) => Number(n)), Array.from({ length: 2500 }, (_, i) => i + 1));

const failed = await run('INSERT INTO sales VALUES (1)');
assert.equal(failed.Status.State, 'FAILED');
assert.match(failed.Status.AthenaError.ErrorMessage, /^TYPE_MISMATCH: line 1:1/);
await done('DROP DATABASE nodeshop CASCADE');
await athena.send(new DeleteWorkGroupCommand({ WorkGroup, RecursiveDeleteOption: true }));

console.log('aws-sdk v3: athena tables ok');
