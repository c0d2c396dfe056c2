// The presigners of @aws-sdk v3 against a Tarn server given by AWS_ENDPOINT_URL. Prints one line at its end.
import assert from 'node:assert/strict';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const s3 = new S3Client({ region: 'us-east-1', endpoint: process.env.AWS_ENDPOINT_URL, forcePathStyle: true });
const Bucket = 'node-presigned';
const Key = 'given/ä key';
await s3.send(new CreateBucketCommand({ Bucket }));

const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key, Metadata: { who: 'node' } }), { expiresIn: 60 });
const sent = await fetch(put, { method: 'PUT', body: 'from a browser' });
assert.equal(sent.status, 200, await sent.text());
const get = await getSignedUrl(
  s3, new GetObjectCommand({ Bucket, Key, ResponseContentDisposition: 'attachment; filename="x"' }), { expiresIn: 60 });
const got = await fetch(get);
assert.equal(await got.text(), 'from a browser');
assert.equal(got.headers.get('content-disposition'), 'attachment; filename="x"');
assert.equal((await fetch(get.replace('given', 'taken'))).status, 403);

const { url, fields } = await createPresignedPost(s3, {
  Bucket, Key: 'posted', Conditions: [['content-length-range', 0, 100]], Expires: 60,
});
const form = new FormData();
Object.entries(fields).forEach(([name, value]) => form.append(name, value));
form.append('file', new Blob(['by a form']));
const posted = await fetch(url, { method: 'POST', body: form });
assert.equal(posted.status, 204, await posted.text());
const found = await s3.send(new GetObjectCommand({ Bucket, Key: 'posted' }));
assert.equal(await found.Body.transformToString(), 'by a form');

console.log('aws-sdk v3: s3 presigned ok');
