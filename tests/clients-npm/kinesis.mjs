// Every operation of @aws-sdk/client-kinesis v3 against a Tarn server given by AWS_ENDPOINT_URL and AWS_* keys: it must
// work, or be refused by name. The SDK speaks HTTP/2 with prior knowledge. Prints one line when every assertion held.
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-kinesis';

const region = 'us-east-1';
const kinesis = new sdk.KinesisClient({ region, endpoint: process.env.AWS_ENDPOINT_URL });
const called = new Set();

function send(name, input) {
  called.add(name);
  return kinesis.send(new sdk[`${name}Command`](input));
}

const StreamName = 'node-all';
const fails = (name, input, error, words = /./) => assert.rejects(
  send(name, input), (e) => e.name === error && words.test(e.message) ? true : assert.fail(`${name}: ${e}`));
const active = (StreamName) => sdk.waitUntilStreamExists({ client: kinesis, maxWaitTime: 20 }, { StreamName });

// --- streams
await send('CreateStream', { StreamName, ShardCount: 1, Tags: { team: 'scores' } });
await active(StreamName);
await fails('CreateStream', { StreamName, ShardCount: 1 }, 'ResourceInUseException');
const { StreamDescription } = await send('DescribeStream', { StreamName });
const StreamARN = StreamDescription.StreamARN;
assert.ok(StreamDescription.StreamCreationTimestamp instanceof Date);
assert.equal((await send('DescribeStreamSummary', { StreamARN })).StreamDescriptionSummary.OpenShardCount, 1);
assert.ok((await send('ListStreams', {})).StreamNames.includes(StreamName));
assert.ok((await send('DescribeLimits', {})).OpenShardCount >= 1);
await send('DescribeAccountSettings', {});
await send('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 48 });
await send('DecreaseStreamRetentionPeriod', { StreamARN, RetentionPeriodHours: 24 });
await send('UpdateMaxRecordSize', { StreamARN, MaxRecordSizeInKiB: 2048 });
const metrics = await send('EnableEnhancedMonitoring', { StreamName, ShardLevelMetrics: ['IncomingBytes'] });
assert.deepEqual(metrics.DesiredShardLevelMetrics, ['IncomingBytes']);
await send('DisableEnhancedMonitoring', { StreamName, ShardLevelMetrics: ['ALL'] });

// --- tags, both kinds
await send('AddTagsToStream', { StreamName, Tags: { stage: 'test' } });
await send('RemoveTagsFromStream', { StreamName, TagKeys: ['team'] });
assert.deepEqual((await send('ListTagsForStream', { StreamName })).Tags, [{ Key: 'stage', Value: 'test' }]);
await send('TagResource', { ResourceARN: StreamARN, Tags: { a: '1' } });
await send('UntagResource', { ResourceARN: StreamARN, TagKeys: ['stage'] });
assert.deepEqual((await send('ListTagsForResource', { ResourceARN: StreamARN })).Tags, [{ Key: 'a', Value: '1' }]);

// --- records
const text = (records) => records.map((record) => Buffer.from(record.Data).toString());
const Records = Array.from({ length: 500 }, (_, n) => ({ Data: Buffer.from(`${n}`), PartitionKey: `key-${n}` }));
const many = await send('PutRecords', { StreamName, Records });
assert.equal(many.FailedRecordCount, 0);
const one = await send('PutRecord', { StreamARN, Data: Buffer.from('last'), PartitionKey: 'k', ExplicitHashKey: '0' });
assert.ok(BigInt(one.SequenceNumber) > BigInt(many.Records[499].SequenceNumber));
const { ShardId } = (await send('ListShards', { StreamName })).Shards[0];
const { ShardIterator } = await send('GetShardIterator', { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
const got = await send('GetRecords', { ShardIterator });
assert.deepEqual(text(got.Records), [...text(Records), 'last']);
assert.ok(Math.abs(got.Records[0].ApproximateArrivalTimestamp - Date.now()) < 60_000);

// --- a consumer that is pushed to, while the stream is written to and split
const { Consumer } = await send('RegisterStreamConsumer', { StreamARN, ConsumerName: 'pushed' });
const { ConsumerARN } = Consumer;
assert.equal((await send('DescribeStreamConsumer', { ConsumerARN })).ConsumerDescription.ConsumerStatus, 'ACTIVE');
assert.equal((await send('ListStreamConsumers', { StreamARN })).Consumers.length, 1);

/** Reads a shard to its end, as a consumer library does: its children follow it. */
async function follow(ShardId, StartingPosition, seen, until) {
  const { EventStream } = await send('SubscribeToShard', { ConsumerARN, ShardId, StartingPosition });
  for await (const { SubscribeToShardEvent: event } of EventStream) {
    seen.push(...text(event.Records));
    if (event.ChildShards?.length) {
      assert.equal(event.ContinuationSequenceNumber, undefined);
      return event.ChildShards;
    }
    assert.match(event.ContinuationSequenceNumber, /^\d+$/);
    if (until?.(seen)) {
      return [];
    }
  }
  return assert.fail('the subscription ended by itself');
}

const seen = [];
const parent = follow(ShardId, { Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: one.SequenceNumber }, seen);
for (let n = 0; n < 20; n += 1) {
  await send('PutRecord', { StreamName, Data: Buffer.from(`pushed ${n}`), PartitionKey: `${n}` });
}
await send('SplitShard', { StreamName, ShardToSplit: ShardId, NewStartingHashKey: (2n ** 127n).toString() });
const children = await parent;
assert.deepEqual(seen, Array.from({ length: 20 }, (_, n) => `pushed ${n}`));
assert.equal(children.length, 2);
await active(StreamName);

// --- read through the split: the parent by iterator to its end, then the children, then what they are merged into
const low = { StreamName, Data: Buffer.from('low'), PartitionKey: 'k', ExplicitHashKey: '0' };
const high = { StreamName, Data: Buffer.from('high'), PartitionKey: 'k', ExplicitHashKey: (2n ** 128n - 1n).toString() };
await send('PutRecord', low);
await send('PutRecord', high);
let iterator = ShardIterator;
let drained = [];
let named = [];
while (iterator) {
  const page = await send('GetRecords', { ShardIterator: iterator });
  drained.push(...text(page.Records));
  iterator = page.NextShardIterator;
  named = page.ChildShards ?? [];
}
assert.equal(drained.length, 521);
assert.deepEqual(named.map((shard) => shard.ShardId), children.map((shard) => shard.ShardId));
const [lower, upper] = children.map((shard) => shard.ShardId);
await send('MergeShards', { StreamName, ShardToMerge: lower, AdjacentShardToMerge: upper });
await active(StreamName);
await send('PutRecord', high);
const lows = [];
const highs = [];
const merged = await follow(lower, { Type: 'TRIM_HORIZON' }, lows);
assert.deepEqual(await follow(upper, { Type: 'TRIM_HORIZON' }, highs), merged);
assert.deepEqual([lows, highs], [['low'], ['high']]);
assert.deepEqual(merged[0].ParentShards, [lower, upper]);
const after = [];
await follow(merged[0].ShardId, { Type: 'TRIM_HORIZON' }, after, (records) => records.length === 1);
assert.deepEqual(after, ['high']);
await fails(
  'SubscribeToShard',
  { ConsumerARN, ShardId: merged[0].ShardId, StartingPosition: { Type: 'LATEST' } },
  'ResourceInUseException',
  /5 seconds/);

// --- an exception in the stream: the consumer goes while it is subscribed
const other = (await send('RegisterStreamConsumer', { StreamARN, ConsumerName: 'leaving' })).Consumer;
const leaving = await send('SubscribeToShard', {
  ConsumerARN: other.ConsumerARN, ShardId: merged[0].ShardId, StartingPosition: { Type: 'LATEST' },
});
await send('DeregisterStreamConsumer', { ConsumerARN: other.ConsumerARN });
await assert.rejects(async () => {
  for await (const event of leaving.EventStream) {
    assert.deepEqual(event.SubscribeToShardEvent.Records, []);
  }
}, { name: 'ResourceNotFoundException' });

// --- counts and modes
await send('UpdateShardCount', { StreamName, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' });
await active(StreamName);
assert.equal((await send('DescribeStreamSummary', { StreamName })).StreamDescriptionSummary.OpenShardCount, 2);
await send('UpdateStreamMode', { StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
await active(StreamName);
await fails('UpdateAccountSettings', {
  MinimumThroughputBillingCommitment: { Status: 'ENABLED' },
}, 'ValidationException');

// --- refused on purpose, with a reason
const Policy = '{}';
for (const [name, input] of [
  ['PutResourcePolicy', { ResourceARN: StreamARN, Policy }],
  ['GetResourcePolicy', { ResourceARN: StreamARN }],
  ['DeleteResourcePolicy', { ResourceARN: StreamARN }],
  ['StartStreamEncryption', { StreamName, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' }],
  ['StopStreamEncryption', { StreamName, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' }],
  ['UpdateStreamWarmThroughput', { StreamName, WarmThroughputMiBps: 10 }],
  ['UpdateStreamRecordDistributionStrategy', { StreamARN, RecordDistributionStrategy: 'AUTO' }],
  ['CreateChannel', { ChannelName: 'c', StreamConfigurationList: [{ StreamARN }] }],
  ['UpdateChannel', { ChannelARN: StreamARN }],
  ['DescribeChannel', { ChannelARN: StreamARN }],
  ['ListChannels', {}],
  ['DeleteChannel', { ChannelARN: StreamARN }],
]) {
  await fails(name, input, 'UnknownOperationException', new RegExp(`does not implement kinesis ${name}`));
}

await fails('DeleteStream', { StreamName }, 'ResourceInUseException');
await send('DeleteStream', { StreamName, EnforceConsumerDeletion: true });
await fails('DescribeStream', { StreamName }, 'ResourceNotFoundException', /node-all/);

const known = Object.keys(sdk).filter((name) => /^[A-Z].*Command$/.test(name)).map((name) => name.slice(0, -7));
assert.deepEqual(known.filter((name) => !called.has(name)), []);
kinesis.destroy();
console.log('aws-sdk v3: every kinesis operation ok');
