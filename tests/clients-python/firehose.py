"""boto3 against Firehose of a Tarn server given by AWS_ENDPOINT_URL and AWS_* keys. Prints one line when all held.

Flushes by `tarn delivery flush`, whose executable TARN names and whose data directory DATA.
"""
import base64
import gzip
import json
import os
import subprocess
import sys

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.exceptions
import botocore.httpsession

endpoint = os.environ["AWS_ENDPOINT_URL"]
ROLE = "arn:aws:iam::000000000000:role/firehose"


def client(name):
    return boto3.client(name, endpoint_url=endpoint, region_name="us-east-1")


firehose, kinesis, s3 = client("firehose"), client("kinesis"), client("s3")


def flush(name):
    subprocess.run(
        [os.environ["TARN"], "delivery", "flush", name, "--data", os.environ["DATA"]], check=True, stdout=sys.stderr)


def delivered(bucket, prefix):
    """The bytes of all objects below a prefix, unpacked."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
    bodies = [s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys]
    return b"".join(gzip.decompress(body) if key.endswith(".gz") else body for key, body in zip(keys, bodies))


def direct_put():
    firehose.create_delivery_stream(
        DeliveryStreamName="boto",
        ExtendedS3DestinationConfiguration={
            "RoleARN": ROLE,
            "BucketARN": "arn:aws:s3:::boto-firehose",
            "Prefix": "data/!{timestamp:yyyy-MM-dd}/",
            "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
            "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 60},
            "CompressionFormat": "GZIP",
            "ProcessingConfiguration": {"Enabled": True, "Processors": [{"Type": "AppendDelimiterToRecord"}]},
        },
        Tags=[{"Key": "team", "Value": "scores"}],
    )
    records = [json.dumps({"n": n}).encode() for n in range(1000)]
    for start in range(0, len(records), 500):
        answer = firehose.put_record_batch(
            DeliveryStreamName="boto", Records=[{"Data": record} for record in records[start:start + 500]])
        assert answer["FailedPutCount"] == 0 and answer["Encrypted"] is False, answer
        assert len({row["RecordId"] for row in answer["RequestResponses"]}) == 500
    assert firehose.put_record(DeliveryStreamName="boto", Record={"Data": b"last"})["RecordId"]
    flush("boto")
    assert delivered("boto-firehose", "data/") == b"".join(record + b"\n" for record in [*records, b"last"])


def control():
    described = firehose.describe_delivery_stream(DeliveryStreamName="boto")["DeliveryStreamDescription"]
    destination = described["Destinations"][0]
    assert destination["ExtendedS3DestinationDescription"]["RoleARN"] == ROLE
    firehose.update_destination(
        DeliveryStreamName="boto",
        CurrentDeliveryStreamVersionId=described["VersionId"],
        DestinationId=destination["DestinationId"],
        ExtendedS3DestinationUpdate={"Prefix": "second/"},
    )
    updated = firehose.describe_delivery_stream(DeliveryStreamName="boto")["DeliveryStreamDescription"]
    assert updated["VersionId"] == "2" and updated["LastUpdateTimestamp"] >= updated["CreateTimestamp"]
    second = updated["Destinations"][0]["ExtendedS3DestinationDescription"]
    assert second["Prefix"] == "second/" and second["CompressionFormat"] == "GZIP"
    try:
        firehose.update_destination(
            DeliveryStreamName="boto", CurrentDeliveryStreamVersionId="1",
            DestinationId=destination["DestinationId"], ExtendedS3DestinationUpdate={"Prefix": "third/"})
        raise AssertionError("an update of another version was taken")
    except firehose.exceptions.ConcurrentModificationException:
        pass
    assert "boto" in firehose.list_delivery_streams(DeliveryStreamType="DirectPut")["DeliveryStreamNames"]
    firehose.tag_delivery_stream(DeliveryStreamName="boto", Tags=[{"Key": "stage", "Value": "test"}])
    firehose.untag_delivery_stream(DeliveryStreamName="boto", TagKeys=["team"])
    assert firehose.list_tags_for_delivery_stream(DeliveryStreamName="boto")["Tags"] == [
        {"Key": "stage", "Value": "test"}]
    for operation, arguments in (
        ("start_delivery_stream_encryption", {"DeliveryStreamName": "boto"}),
        ("create_delivery_stream", {
            "DeliveryStreamName": "splunk",
            "SplunkDestinationConfiguration": {
                "HECEndpoint": "https://x", "HECEndpointType": "Raw", "HECToken": "t",
                "S3Configuration": {"RoleARN": ROLE, "BucketARN": "arn:aws:s3:::x"}},
        }),
    ):
        try:
            getattr(firehose, operation)(**arguments)
            raise AssertionError(f"{operation} was taken")
        except botocore.exceptions.ClientError as error:
            assert "tarn does not" in error.response["Error"]["Message"], error
    firehose.delete_delivery_stream(DeliveryStreamName="boto")
    try:
        firehose.put_record(DeliveryStreamName="boto", Record={"Data": b"x"})
        raise AssertionError("a deleted delivery stream took a record")
    except firehose.exceptions.ResourceNotFoundException:
        pass


def resharded():
    """A Kinesis source that is split and merged between puts: every record once."""
    kinesis.create_stream(StreamName="reshard", ShardCount=2)
    arn = kinesis.describe_stream_summary(StreamName="reshard")["StreamDescriptionSummary"]["StreamARN"]
    firehose.create_delivery_stream(
        DeliveryStreamName="reshard",
        DeliveryStreamType="KinesisStreamAsSource",
        KinesisStreamSourceConfiguration={"KinesisStreamARN": arn, "RoleARN": ROLE},
        ExtendedS3DestinationConfiguration={
            "RoleARN": ROLE,
            "BucketARN": "arn:aws:s3:::boto-reshard",
            "Prefix": "all/",
            "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 60},
            "ProcessingConfiguration": {"Enabled": True, "Processors": [{"Type": "AppendDelimiterToRecord"}]},
        },
    )
    sent = []

    def put(count):
        entries = [{"Data": str(len(sent) + n).encode(), "PartitionKey": f"k{len(sent) + n}"} for n in range(count)]
        assert kinesis.put_records(StreamName="reshard", Records=entries)["FailedRecordCount"] == 0
        sent.extend(entry["Data"] for entry in entries)

    def open_shards():
        shards = kinesis.list_shards(StreamName="reshard", ShardFilter={"Type": "AT_LATEST"})["Shards"]
        return sorted(shards, key=lambda shard: int(shard["HashKeyRange"]["StartingHashKey"]))

    put(500)
    first = open_shards()[0]
    middle = (int(first["HashKeyRange"]["StartingHashKey"]) + int(first["HashKeyRange"]["EndingHashKey"])) // 2
    kinesis.split_shard(StreamName="reshard", ShardToSplit=first["ShardId"], NewStartingHashKey=str(middle))
    put(500)
    flush("reshard")
    put(300)
    pair = open_shards()[1:3]
    kinesis.merge_shards(
        StreamName="reshard", ShardToMerge=pair[0]["ShardId"], AdjacentShardToMerge=pair[1]["ShardId"])
    put(500)
    flush("reshard")
    assert sorted(delivered("boto-reshard", "all/").splitlines()) == sorted(sent), "a record is lost or doubled"


def fluent_bit():
    """What Fluent Bit's kinesis_firehose output sends, byte for byte: 500 events a put, each packed by itself."""
    firehose.create_delivery_stream(
        DeliveryStreamName="fluent",
        ExtendedS3DestinationConfiguration={
            "RoleARN": ROLE,
            "BucketARN": "arn:aws:s3:::boto-fluent",
            "Prefix": "logs/",
            "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 60},
            "ProcessingConfiguration": {"Enabled": True, "Processors": [{"Type": "Decompression"}]},
        },
    )
    events = [b'{"date":"2026-11-23T10:00:00","log":"line %d"}\n' % n for n in range(500)]
    body = b'{"DeliveryStreamName":"fluent","Records":['
    body += b",".join(b'{"Data":"' + base64.b64encode(gzip.compress(event)) + b'"}' for event in events) + b"]}"
    request = botocore.awsrequest.AWSRequest("POST", endpoint + "/", data=body, headers={
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "Firehose_20150804.PutRecordBatch",
        "User-Agent": "aws-fluent-bit-plugin",
    })
    credentials = boto3.Session().get_credentials()
    botocore.auth.SigV4Auth(credentials, "firehose", "us-east-1").add_auth(request)
    answer = botocore.httpsession.URLLib3Session().send(request.prepare())
    assert answer.status_code == 200 and b'"FailedPutCount":0' in answer.content, answer.content
    flush("fluent")
    assert delivered("boto-fluent", "logs/") == b"".join(events)


direct_put()
control()
resharded()
fluent_bit()
print("boto3: firehose ok")
