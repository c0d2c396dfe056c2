// @aws-sdk v3 against a Tarn server given by AWS_ENDPOINT_URL and AWS_* keys. Prints one line when every assertion held.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import {
  AthenaClient, GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  CreateStreamCommand, GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand, PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import {
  CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client,
} from '@aws-sdk/client-s3';

const region = 'us-east-1';
const endpoint = process.env.AWS_ENDPOINT_URL;

const kinesis = new KinesisClient({ region, endpoint });
await kinesis.send(new CreateStreamCommand({ StreamName: 'node', ShardCount: 1 }));
const Records = Array.from({ length: 100 }, (_, n) => ({ Data: Buffer.from(`{"n":${n}}`), PartitionKey: `k${n}` }));
const put = await kinesis.send(new PutRecordsCommand({ StreamName: 'node', Records }));
assert.equal(put.FailedRecordCount, 0);
const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName: 'node' }));
const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({
  StreamName: 'node', ShardId: Shards[0].ShardId, ShardIteratorType: 'TRIM_HORIZON',
}));
const got = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
assert.deepEqual(got.Records.map((r) => Buffer.from(r.Data).toString()), Records.map((r) => r.Data.toString()));

const s3 = new S3Client({ region, endpoint, forcePathStyle: true });
await s3.send(new CreateBucketCommand({ Bucket: 'node-bucket' }));
const Body = Buffer.alloc(1_000_000, 'tarn');
await s3.send(new PutObjectCommand({ Bucket: 'node-bucket', Key: 'a/b.bin', Body }));
const object = await s3.send(new GetObjectCommand({ Bucket: 'node-bucket', Key: 'a/b.bin' }));
assert.deepEqual(Buffer.from(await object.Body.transformToByteArray()), Body);
const listing = await s3.send(new ListObjectsV2Command({ Bucket: 'node-bucket', Delimiter: '/' }));
assert.deepEqual(listing.CommonPrefixes.map((p) => p.Prefix), ['a/']);

const athena = new AthenaClient({ region, endpoint });
const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString: "SELECT 'a' AS x UNION ALL SELECT NULL" }));
let state;
do {
  await wait(50);
  const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
  state = QueryExecution.Status.State;
} while (state === 'QUEUED' || state === 'RUNNING');
assert.equal(state, 'SUCCEEDED');
const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
assert.deepEqual(ResultSet.Rows.map((row) => row.Data[0].VarCharValue).sort(), ['a', 'x', undefined].sort());

console.log('aws-sdk v3: kinesis s3 athena ok');
