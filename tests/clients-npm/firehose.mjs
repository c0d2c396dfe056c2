// @aws-sdk/client-firehose against a Tarn server given by AWS_ENDPOINT_URL and AWS_* keys. Prints one line when every
// assertion held. Flushes by `tarn delivery flush`, whose executable TARN names and whose data directory DATA.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  CreateDeliveryStreamCommand, DeleteDeliveryStreamCommand, DescribeDeliveryStreamCommand, FirehoseClient,
  ListDeliveryStreamsCommand, PutRecordBatchCommand, PutRecordCommand, ResourceNotFoundException,
} from '@aws-sdk/client-firehose';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

const region = 'us-east-1';
const endpoint = process.env.AWS_ENDPOINT_URL;
const firehose = new FirehoseClient({ region, endpoint });
const s3 = new S3Client({ region, endpoint, forcePathStyle: true });
const DeliveryStreamName = 'node';
const Bucket = 'node-firehose';
const hints = { SizeInMBs: 1, IntervalInSeconds: 60 };

const { DeliveryStreamARN } = await firehose.send(new CreateDeliveryStreamCommand({
  DeliveryStreamName,
  ExtendedS3DestinationConfiguration: {
    RoleARN: 'arn:aws:iam::000000000000:role/firehose', BucketARN: `arn:aws:s3:::${Bucket}`, Prefix: 'n/',
    BufferingHints: hints,
  },
}));
assert.equal(DeliveryStreamARN, 'arn:aws:firehose:us-east-1:000000000000:deliverystream/node');
const lines = Array.from({ length: 500 }, (_, n) => `{"n":${n}}\n`);
const put = await firehose.send(new PutRecordBatchCommand({
  DeliveryStreamName, Records: lines.map((line) => ({ Data: Buffer.from(line) })),
}));
assert.equal(put.FailedPutCount, 0);
assert.equal(new Set(put.RequestResponses.map((row) => row.RecordId)).size, 500);
await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from('end\n') } }));

execFileSync(process.env.TARN, ['delivery', 'flush', DeliveryStreamName, '--data', process.env.DATA]);
const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'n/' }));
let text = '';
for (const { Key } of Contents) {
  text += await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToString();
}
assert.equal(text, `${lines.join('')}end\n`);

const { DeliveryStreamDescription } = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }));
assert.ok(DeliveryStreamDescription.CreateTimestamp instanceof Date);
assert.deepEqual(DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription.BufferingHints, hints);
const { DeliveryStreamNames } = await firehose.send(new ListDeliveryStreamsCommand({ Limit: 100 }));
assert.ok(DeliveryStreamNames.includes(DeliveryStreamName));
await firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName }));
await assert.rejects(
  firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName })), ResourceNotFoundException);

console.log('aws-sdk v3: firehose ok');
