"""boto3 against a Tarn server given by AWS_ENDPOINT_URL and AWS_* keys. Prints one line when every assertion held."""
import os
import time

import boto3
import botocore.exceptions

endpoint = os.environ["AWS_ENDPOINT_URL"]


def client(name):
    return boto3.client(name, endpoint_url=endpoint, region_name="us-east-1")


kinesis = client("kinesis")
kinesis.create_stream(StreamName="boto", ShardCount=2)
kinesis.get_waiter("stream_exists").wait(StreamName="boto", WaiterConfig={"Delay": 1})
entries = [{"Data": f'{{"n": {n}}}'.encode(), "PartitionKey": f"key-{n}"} for n in range(500)]
answer = kinesis.put_records(StreamName="boto", Records=entries)
assert answer["FailedRecordCount"] == 0, answer["FailedRecordCount"]
seen = []
for shard in kinesis.list_shards(StreamName="boto")["Shards"]:
    iterator = kinesis.get_shard_iterator(
        StreamName="boto", ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    records = kinesis.get_records(ShardIterator=iterator, Limit=1000)
    numbers = [int(record["SequenceNumber"]) for record in records["Records"]]
    assert numbers == sorted(numbers) and len(set(numbers)) == len(numbers)
    seen += [record["Data"] for record in records["Records"]]
assert sorted(seen) == sorted(entry["Data"] for entry in entries), len(seen)
try:
    kinesis.describe_stream(StreamName="missing")
    raise AssertionError("a missing stream was described")
except kinesis.exceptions.ResourceNotFoundException as error:
    assert "missing" in str(error)

s3 = client("s3")
s3.create_bucket(Bucket="boto-bucket")
key = "år/ein paar Wörter+plus&amp.txt"
s3.put_object(Bucket="boto-bucket", Key=key, Body=b"0123456789", ContentType="text/plain", Metadata={"who": "boto"})
found = s3.get_object(Bucket="boto-bucket", Key=key, Range="bytes=2-5")
assert found["Body"].read() == b"2345" and found["ContentType"] == "text/plain" and found["Metadata"] == {"who": "boto"}
assert [entry["Key"] for entry in s3.list_objects_v2(Bucket="boto-bucket")["Contents"]] == [key]
s3.delete_object(Bucket="boto-bucket", Key=key)
try:
    s3.head_object(Bucket="boto-bucket", Key=key)
    raise AssertionError("a deleted object is still there")
except botocore.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "404"

athena = client("athena")


def query(sql, workgroup="primary"):
    started = athena.start_query_execution(QueryString=sql, WorkGroup=workgroup)["QueryExecutionId"]
    while True:
        execution = athena.get_query_execution(QueryExecutionId=started)["QueryExecution"]
        if execution["Status"]["State"] in ("SUCCEEDED", "FAILED", "CANCELLED"):
            return started, execution
        time.sleep(0.05)


started, execution = query("SELECT n, n * 2 AS twice FROM (VALUES (1), (2), (3)) AS t(n) ORDER BY n DESC")
assert execution["Status"]["State"] == "SUCCEEDED", execution
rows = athena.get_query_results(QueryExecutionId=started)["ResultSet"]["Rows"]
assert [[cell["VarCharValue"] for cell in row["Data"]] for row in rows] == [["n", "twice"], ["3", "6"], ["2", "4"], ["1", "2"]]
_, failed = query("SELECT * FROM nowhere")
assert failed["Status"]["State"] == "FAILED" and "nowhere" in failed["Status"]["StateChangeReason"], failed

print("boto3: kinesis s3 athena ok")
