using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;
using Tarn.Query.Executions;

namespace Tarn.Aws.Tests.Athena;

/// <summary>Athena's protocol around executions in every state.</summary>
public sealed class ExecutionTests : IAsyncLifetime
{
    private readonly AwsScene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Start_WithEverything_ReachesTheEngine()
    {
        var id = (string)(await CallAsync("StartQueryExecution", new JsonObject
        {
            ["QueryString"] = "SELECT 1",
            ["ClientRequestToken"] = new string('t', 36),
            ["QueryExecutionContext"] = new JsonObject { ["Database"] = "lab", ["Catalog"] = "AwsDataCatalog" },
            ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = "s3://out/x/" },
            ["WorkGroup"] = "primary",
        })).Ok().Json["QueryExecutionId"]!;

        var request = (await _scene.Queries.FindAsync(id, default))!.Request;
        Assert.Equal(("SELECT 1", "lab", "s3://out/x/"), (request.Sql, request.Database, request.OutputLocation));
    }

    [Theory]
    [InlineData("""{"QueryString":"SELECT 1","ExecutionParameters":["1"]}""", "ExecutionParameters")]
    [InlineData(
        """{"QueryString":"SELECT 1","ResultReuseConfiguration":{"ResultReuseByAgeConfiguration":{"Enabled":true}}}""",
        "Enabled")]
    [InlineData(
        """
        {"QueryString":"SELECT 1","ResultConfiguration":{"EncryptionConfiguration":{"EncryptionOption":"SSE_S3"}}}
        """,
        "EncryptionConfiguration")]
    [InlineData("""{"QueryString":"SELECT 1","QueryExecutionContext":{"Catalog":"other"}}""", "other")]
    [InlineData("""{"QueryString":""}""", "QueryString")]
    [InlineData("""{"QueryString":"BAD"}""", "output location")]
    public async Task Start_WhatCannotBeHonoured_IsRefused(string input, string name) =>
        (await CallAsync("StartQueryExecution", JsonNode.Parse(input)!)).MustFail(
            HttpStatusCode.BadRequest, "InvalidRequestException", name);

    [Fact]
    public async Task Get_FailedExecution_TellsWhy()
    {
        Add("f", QueryState.Failed, "TABLE_NOT_FOUND: line 1:15: Table 'x' does not exist", "TABLE_NOT_FOUND");

        var status = (await CallAsync("GetQueryExecution", Id("f"))).Ok().Json["QueryExecution"]!["Status"]!;

        Assert.Equal("FAILED", (string)status["State"]!);
        Assert.StartsWith("TABLE_NOT_FOUND", (string)status["StateChangeReason"]!);
        Assert.Equal(2, (int)status["AthenaError"]!["ErrorCategory"]!);
    }

    [Fact]
    public async Task Get_UnknownExecution_IsInvalid() => (await CallAsync("GetQueryExecution", Id("absent"))).MustFail(
        HttpStatusCode.BadRequest, "InvalidRequestException", "absent");

    [Fact]
    public async Task BatchGet_SomeUnknown_ListsThemApart()
    {
        Add("a", QueryState.Succeeded);

        var answer = (await CallAsync("BatchGetQueryExecution", new JsonObject
        {
            ["QueryExecutionIds"] = new JsonArray("a", "absent"),
        })).Ok().Json;

        Assert.Equal("a", (string)answer["QueryExecutions"]!.AsArray().Single()!["QueryExecutionId"]!);
        Assert.Equal("absent", (string)answer["UnprocessedQueryExecutionIds"]![0]!["QueryExecutionId"]!);
    }

    [Fact]
    public async Task List_InPages_GivesEachIdOnce()
    {
        var ids = Enumerable.Range(0, 7).Select(i => Add($"q{i}", QueryState.Succeeded).Id).Reverse().ToList();

        var found = new List<string>();
        string? token = null;
        do
        {
            var input = new JsonObject { ["MaxResults"] = 3 };
            if (token is not null)
            {
                input["NextToken"] = token;
            }

            var page = (await CallAsync("ListQueryExecutions", input)).Ok().Json;
            found.AddRange(page["QueryExecutionIds"]!.AsArray().Select(id => (string)id!));
            token = (string?)page["NextToken"];
        }
        while (token is not null);

        Assert.Equal(ids, found);
    }

    [Fact]
    public async Task GetResults_InPages_BeginsWithTheHeaderAndKeepsNulls()
    {
        Add("r", QueryState.Succeeded);
        _scene.Queries.Columns =
            [new ResultColumn("user", "varchar", 2147483647, 0), new ResultColumn("n", "bigint", 19, 0)];
        _scene.Queries.Rows = [["ann", "1"], [null, "2"], ["", "3"]];

        var input = Id("r");
        input["MaxResults"] = 2;
        var first = (await CallAsync("GetQueryResults", input)).Ok().Json;
        var next = Id("r");
        next["NextToken"] = (string)first["NextToken"]!;
        var second = (await CallAsync("GetQueryResults", next)).Ok().Json;

        Assert.Equal(["user,n", "ann,1"], Rows(first));
        Assert.Equal(["<null>,2", ",3"], Rows(second));
        Assert.Null(second["NextToken"]);
        Assert.Equal("bigint", (string)first["ResultSet"]!["ResultSetMetadata"]!["ColumnInfo"]![1]!["Type"]!);
    }

    [Fact]
    public async Task GetResults_OneRowPages_GivesHeaderThenEachRow()
    {
        Add("r", QueryState.Succeeded);
        _scene.Queries.Columns = [new ResultColumn("n", "bigint", 19, 0)];
        _scene.Queries.Rows = [["1"], ["2"]];

        var found = new List<string>();
        string? token = null;
        do
        {
            var input = Id("r");
            input["MaxResults"] = 1;
            if (token is not null)
            {
                input["NextToken"] = token;
            }

            var page = (await CallAsync("GetQueryResults", input)).Ok().Json;
            found.AddRange(Rows(page));
            token = (string?)page["NextToken"];
        }
        while (token is not null);

        Assert.Equal(["n", "1", "2"], found);
    }

    [Theory]
    [InlineData(QueryState.Running, "Query has not yet finished. Current state: RUNNING")]
    [InlineData(QueryState.Failed, "Query did not finish successfully. Final query state: FAILED")]
    public async Task GetResults_NotSucceeded_IsInvalid(QueryState state, string message)
    {
        Add("r", state);

        (await CallAsync("GetQueryResults", Id("r"))).MustFail(
            HttpStatusCode.BadRequest, "InvalidRequestException", message);
    }

    [Fact]
    public async Task Stop_RunningExecution_ReachesTheEngine()
    {
        Add("s", QueryState.Running);

        (await CallAsync("StopQueryExecution", Id("s"))).Ok();

        Assert.Equal(["s"], _scene.Queries.Stopped);
    }

    [Fact]
    public async Task Workgroup_CreatedWithLimit_IsGivenBack()
    {
        (await CallAsync("CreateWorkGroup", JsonNode.Parse("""
            {"Name":"small","Configuration":{"BytesScannedCutoffPerQuery":10000000,
             "ResultConfiguration":{"OutputLocation":"s3://out/small/"},"EnforceWorkGroupConfiguration":false}}
            """)!)).Ok();

        var got = (await CallAsync("GetWorkGroup", new JsonObject { ["WorkGroup"] = "small" })).Ok().Json["WorkGroup"]!;
        Assert.Equal(10_000_000, (long)got["Configuration"]!["BytesScannedCutoffPerQuery"]!);
        Assert.Equal("s3://out/small/", (string)got["Configuration"]!["ResultConfiguration"]!["OutputLocation"]!);

        var listed = (await CallAsync("ListWorkGroups", new JsonObject())).Ok().Json["WorkGroups"]!.AsArray();
        Assert.Equal(["primary", "small"], listed.Select(group => (string)group!["Name"]!));
    }

    [Theory]
    [InlineData("""{"Name":"x","Configuration":{"RequesterPaysEnabled":true}}""", "RequesterPaysEnabled")]
    [InlineData("""{"Name":"x","Configuration":{"BytesScannedCutoffPerQuery":1}}""", "10000000")]
    [InlineData("""{"Name":"x","Tags":[{"Key":"a","Value":"b"}]}""", "Tags")]
    [InlineData("""{"Name":"primary"}""", "already created")]
    public async Task Workgroup_WhatCannotBeHonoured_IsRefused(string input, string name) =>
        (await CallAsync("CreateWorkGroup", JsonNode.Parse(input)!)).MustFail(
            HttpStatusCode.BadRequest, "InvalidRequestException", name);

    private static JsonObject Id(string id) => new() { ["QueryExecutionId"] = id };

    private static string[] Rows(JsonNode answer) =>
    [
        .. answer["ResultSet"]!["Rows"]!.AsArray().Select(row => string.Join(
            ',', row!["Data"]!.AsArray().Select(datum => (string?)datum!["VarCharValue"] ?? "<null>"))),
    ];

    private QueryExecution Add(string id, QueryState state, string? reason = null, string? code = null) =>
        _scene.Queries.Add(new QueryExecution
        {
            Id = id,
            Request = new QueryRequest { Sql = "SELECT 1" },
            State = state,
            StateChangeReason = reason,
            ErrorCode = code,
            SubmittedAt = DateTimeOffset.UnixEpoch,
        });

    private Task<Answer> CallAsync(string operation, JsonNode input) =>
        _scene.JsonAsync("AmazonAthena." + operation, input);
}
