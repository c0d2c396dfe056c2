"""Empties an ephemeral Tarn server by a signed POST /_tarn/reset and checks that nothing is left."""
import os
import urllib.request

import boto3
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest

endpoint = os.environ["AWS_ENDPOINT_URL"]


def client(name):
    return boto3.client(name, endpoint_url=endpoint, region_name="us-east-1")


assert client("kinesis").list_streams()["StreamNames"] == ["scores"]
client("s3").put_object(Bucket="lake", Key="raw/something", Body=b"x")
assert client("glue").get_tables(DatabaseName="raw")["TableList"]
assert client("athena").start_query_execution(QueryString="SELECT 1")["QueryExecutionId"]

request = AWSRequest(method="POST", url=endpoint + "/_tarn/reset", data=b"")
S3SigV4Auth(boto3.Session().get_credentials(), "s3", "us-east-1").add_auth(request)
sent = urllib.request.Request(request.url, data=b"", headers=dict(request.headers), method="POST")
assert urllib.request.urlopen(sent).status == 204

assert client("kinesis").list_streams()["StreamNames"] == []
assert client("s3").list_buckets()["Buckets"] == []
assert [found["Name"] for found in client("glue").get_databases()["DatabaseList"]] == ["default"]
assert client("athena").list_query_executions()["QueryExecutionIds"] == []
client("kinesis").create_stream(StreamName="scores", ShardCount=1)
assert client("kinesis").list_streams()["StreamNames"] == ["scores"]

print("reset ok")
