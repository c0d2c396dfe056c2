using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;
using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;

namespace Tarn.Aws.Tests.Glue;

public sealed class CatalogTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task Table_Created_IsGivenBackWithItsPartitions()
    {
        (await CallAsync("CreateDatabase", """{"DatabaseInput":{"Name":"Lab","LocationUri":"s3://lake/"}}""")).Ok();
        (await CallAsync("CreateTable", """
            {"DatabaseName":"lab","TableInput":{"Name":"Scores","TableType":"EXTERNAL_TABLE",
             "Parameters":{"classification":"json"},
             "PartitionKeys":[{"Name":"day","Type":"string"}],
             "StorageDescriptor":{"Location":"s3://lake/raw/scores/","Compressed":false,"NumberOfBuckets":-1,
              "Columns":[{"Name":"User_Id","Type":"string"},{"Name":"score","Type":"bigint","Comment":"points"}],
              "InputFormat":"org.apache.hadoop.mapred.TextInputFormat",
              "SerdeInfo":{"Name":"scores","SerializationLibrary":"org.openx.data.jsonserde.JsonSerDe"}}}}
            """)).Ok();
        await scene.Engine<ICatalog>().AddPartitionsAsync(
            new TableName("lab", "scores"),
            [
                new Partition(["2"], "s3://lake/raw/scores/day=2/", DateTimeOffset.UnixEpoch),
                new Partition(["1"], "s3://lake/raw/scores/day=1/", DateTimeOffset.UnixEpoch),
            ],
            default);

        var table = (await CallAsync("GetTable", """{"DatabaseName":"lab","Name":"SCORES"}""")).Ok().Json["Table"]!;
        Assert.Equal("scores", (string)table["Name"]!);
        Assert.Equal("user_id", (string)table["StorageDescriptor"]!["Columns"]![0]!["Name"]!);
        Assert.Equal("points", (string)table["StorageDescriptor"]!["Columns"]![1]!["Comment"]!);
        Assert.Equal(
            "org.openx.data.jsonserde.JsonSerDe",
            (string)table["StorageDescriptor"]!["SerdeInfo"]!["SerializationLibrary"]!);

        var partitions = (await CallAsync("GetPartitions", """{"DatabaseName":"lab","TableName":"scores"}""")).Ok();
        Assert.Equal(
            ["s3://lake/raw/scores/day=1/", "s3://lake/raw/scores/day=2/"],
            partitions.Json["Partitions"]!.AsArray().Select(each => (string)each!["StorageDescriptor"]!["Location"]!));

        var listed = (await CallAsync("GetTables", """{"DatabaseName":"lab"}""")).Ok().Json["TableList"]!.AsArray();
        Assert.Equal(["scores"], listed.Select(each => (string)each!["Name"]!));
        (await CallAsync("DeleteTable", """{"DatabaseName":"lab","Name":"scores"}""")).Ok();
        (await CallAsync("GetTable", """{"DatabaseName":"lab","Name":"scores"}"""))
            .MustFail(HttpStatusCode.BadRequest, "EntityNotFoundException", "lab.scores");
    }

    [Fact]
    public async Task Table_OfBuckets_IsGivenBackWithThem()
    {
        (await CallAsync("CreateDatabase", """{"DatabaseInput":{"Name":"cut"}}""")).Ok();
        (await CallAsync("CreateTable", """
            {"DatabaseName":"cut","TableInput":{"Name":"users","StorageDescriptor":{"Location":"s3://lake/users/",
             "Columns":[{"Name":"id","Type":"bigint"}],"NumberOfBuckets":16,"BucketColumns":["ID"]}}}
            """)).Ok();

        var storage = (await CallAsync("GetTable", """{"DatabaseName":"cut","Name":"users"}""")).Ok()
            .Json["Table"]!["StorageDescriptor"]!;

        Assert.Equal(16, (int)storage["NumberOfBuckets"]!);
        Assert.Equal(["id"], storage["BucketColumns"]!.AsArray().Select(each => (string)each!));
    }

    [Fact]
    public async Task Databases_InPages_GiveEachOnce()
    {
        foreach (var name in (string[])["page_a", "page_b", "page_c"])
        {
            (await CallAsync("CreateDatabase", $$$"""{"DatabaseInput":{"Name":"{{{name}}}"}}""")).Ok();
        }

        var found = new List<string>();
        string? token = null;
        do
        {
            var input = new JsonObject { ["MaxResults"] = 1 };
            if (token is not null)
            {
                input["NextToken"] = token;
            }

            var page = (await scene.JsonAsync("AWSGlue.GetDatabases", input)).Ok().Json;
            found.AddRange(page["DatabaseList"]!.AsArray().Select(each => (string)each!["Name"]!));
            token = (string?)page["NextToken"];
        }
        while (token is not null);

        Assert.Equal(["page_a", "page_b", "page_c"], found.Where(name => name.StartsWith("page_")));
        Assert.Equal(found.Distinct(), found);
    }

    [Theory]
    [InlineData("GetDatabase", """{"Name":"absent"}""", "EntityNotFoundException", "absent")]
    [InlineData("GetDatabase", """{"Name":"default","CatalogId":"111111111111"}""", "EntityNotFoundException", "1111")]
    [InlineData("GetTable", """{"DatabaseName":"absent","Name":"t"}""", "EntityNotFoundException", "absent")]
    [InlineData("DeleteDatabase", """{"Name":"absent"}""", "EntityNotFoundException", "absent")]
    [InlineData(
        "GetPartitions",
        """{"DatabaseName":"a","TableName":"t","Expression":"day > 1"}""",
        "InvalidInputException",
        "Expression")]
    [InlineData(
        "GetTables", """{"DatabaseName":"a","Expression":"x*"}""", "InvalidInputException", "Expression")]
    [InlineData(
        "CreateTable",
        """{"DatabaseName":"a","TableInput":{"Name":"t","StorageDescriptor":{"Compressed":true}}}""",
        "InvalidInputException",
        "TableInput.StorageDescriptor.Compressed")]
    [InlineData(
        "CreateTable",
        """{"DatabaseName":"a","TableInput":{"Name":"t","StorageDescriptor":{"BucketColumns":["a"]}}}""",
        "InvalidInputException",
        "TableInput.StorageDescriptor.BucketColumns")]
    public async Task WhatIsAbsentOrNotHonoured_IsRefused(string operation, string input, string code, string name) =>
        (await CallAsync(operation, input)).MustFail(HttpStatusCode.BadRequest, code, name);

    [Fact]
    public async Task Database_CreatedTwice_AlreadyExists()
    {
        (await CallAsync("CreateDatabase", """{"DatabaseInput":{"Name":"twice"}}""")).Ok();
        (await CallAsync("CreateDatabase", """{"DatabaseInput":{"Name":"twice"}}"""))
            .MustFail(HttpStatusCode.BadRequest, "AlreadyExistsException");
    }

    private Task<Answer> CallAsync(string operation, string input) =>
        scene.JsonAsync("AWSGlue." + operation, JsonNode.Parse(input)!);
}
