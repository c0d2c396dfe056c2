"""A large result through boto3: run it, then its first and its last page; or only the last page of one that stands."""
import os
import sys
import time

import boto3

endpoint = os.environ["AWS_ENDPOINT_URL"]
athena = boto3.client("athena", endpoint_url=endpoint, region_name="us-east-1")
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
rows, identifier = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
page = 500


def last_page(identifier):
    answer = athena.get_query_results(
        QueryExecutionId=identifier, NextToken=str(rows - page), MaxResults=1000)
    assert "NextToken" not in answer, answer["NextToken"]
    return [[datum["VarCharValue"] for datum in row["Data"]] for row in answer["ResultSet"]["Rows"]]


def check(found):
    assert len(found) == page, len(found)
    for number, product, text in found:
        assert int(product) == int(number) * 7 and text == f"row {number}", (number, product, text)


if identifier is None:
    if not any(bucket["Name"] == "lake" for bucket in s3.list_buckets()["Buckets"]):
        s3.create_bucket(Bucket="lake")

    sql = ("SELECT n, n * 7 AS m, 'row ' || CAST(n AS varchar) AS t FROM (SELECT x * 10000 + y AS n "
           f"FROM UNNEST(sequence(1, {rows // 10000})) AS a (x) CROSS JOIN UNNEST(sequence(0, 9999)) AS b (y)) AS r")
    identifier = athena.start_query_execution(QueryString=sql)["QueryExecutionId"]
    while True:
        execution = athena.get_query_execution(QueryExecutionId=identifier)["QueryExecution"]
        if execution["Status"]["State"] not in ("QUEUED", "RUNNING"):
            break
        time.sleep(0.1)
    assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
    first = athena.get_query_results(QueryExecutionId=identifier, MaxResults=page + 1)["ResultSet"]["Rows"]
    check([[datum["VarCharValue"] for datum in row["Data"]] for row in first[1:]])
    location = execution["ResultConfiguration"]["OutputLocation"]
    body = s3.get_object(Bucket="lake", Key=location.removeprefix("s3://lake/"))["Body"]
    lines = sum(chunk.count(b"\n") for chunk in body.iter_chunks(1 << 20))
    assert lines == rows + 1, lines
    statistics = athena.get_query_runtime_statistics(QueryExecutionId=identifier)["QueryRuntimeStatistics"]
    assert statistics["Rows"]["OutputRows"] == rows, statistics

check(last_page(identifier))
print(identifier)
