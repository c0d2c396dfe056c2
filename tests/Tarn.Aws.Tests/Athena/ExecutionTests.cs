using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;
using Tarn.Query.Executions;

namespace Tarn.Aws.Tests.Athena;

/// <summary>Athena's protocol around executions in every state.</summary>
public sealed class ExecutionTests : IAsyncLifetime
{
    private static readonly System.Text.Json.JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

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
        Assert.Null(request.ReuseMinutesMax);
    }

    [Fact]
    public async Task Start_WithParametersAndReuse_ReachesTheEngineAndIsGivenBack()
    {
        var id = (string)(await CallAsync("StartQueryExecution", JsonNode.Parse("""
            {"QueryString":"SELECT ?","ExecutionParameters":["1","'a'"],
             "ResultConfiguration":{"AclConfiguration":{"S3AclOption":"BUCKET_OWNER_FULL_CONTROL"}},
             "ResultReuseConfiguration":{"ResultReuseByAgeConfiguration":{"Enabled":true,"MaxAgeInMinutes":5}}}
            """)!)).Ok().Json["QueryExecutionId"]!;

        var request = (await _scene.Queries.FindAsync(id, default))!.Request;
        Assert.Equal(["1", "'a'"], request.Parameters);
        Assert.Equal(5, request.ReuseMinutesMax);
        var told = (await CallAsync("GetQueryExecution", Id(id))).Ok().Json["QueryExecution"]!;
        Assert.Equal("""["1","'a'"]""", told["ExecutionParameters"]!.ToJsonString(Plain));
        Assert.Equal(5, (int)told["ResultReuseConfiguration"]!["ResultReuseByAgeConfiguration"]!["MaxAgeInMinutes"]!);
        Assert.Equal("Athena engine version 3", (string)told["EngineVersion"]!["EffectiveEngineVersion"]!);
    }

    [Fact]
    public async Task Start_TextThatIsNoStatement_IsMalformed()
    {
        var answer = await CallAsync("StartQueryExecution", new JsonObject { ["QueryString"] = "SELEC 1" });

        answer.MustFail(HttpStatusCode.BadRequest, "InvalidRequestException", "line 1:1");
        Assert.Equal("MALFORMED_QUERY", (string)answer.Json["AthenaErrorCode"]!);
    }

    [Theory]
    [InlineData("TABLE_NOT_FOUND", 2, 1301, false)]
    [InlineData("SYNTAX_ERROR", 2, 1006, false)]
    [InlineData("SOMETHING_ELSE", 2, 1000, false)]
    [InlineData("GENERIC_INTERNAL_ERROR", 1, 200, false)]
    [InlineData("SERVER_RESTARTED", 1, 100, true)]
    public async Task Get_FailedExecution_HasItsCategoryAndType(string code, int category, int type, bool isRetryable)
    {
        Add("f", QueryState.Failed, code + ": why", code);

        var error = (await CallAsync("GetQueryExecution", Id("f"))).Ok()
            .Json["QueryExecution"]!["Status"]!["AthenaError"]!;

        Assert.Equal(
            (category, type, isRetryable, code + ": why"),
            (
                (int)error["ErrorCategory"]!, (int)error["ErrorType"]!, (bool)error["Retryable"]!,
                (string)error["ErrorMessage"]!));
    }

    [Fact]
    public async Task RuntimeStatistics_EndedExecution_TellTimesAndSizes()
    {
        _scene.Queries.Add(new QueryExecution
        {
            Id = "s",
            Request = new QueryRequest { Sql = "SELECT 1" },
            State = QueryState.Succeeded,
            SubmittedAt = DateTimeOffset.UnixEpoch,
            CompletedAt = DateTimeOffset.UnixEpoch.AddMilliseconds(100),
            QueuedMilliseconds = 10,
            PlanningMilliseconds = 5,
            EngineMilliseconds = 80,
            ScannedBytes = 1234,
            InputRows = 9,
            ResultBytes = 56,
            RowCount = 7,
        });
        Add("uncounted", QueryState.Succeeded);

        var told = (await CallAsync("GetQueryRuntimeStatistics", Id("s"))).Ok().Json["QueryRuntimeStatistics"]!;

        Assert.Equal(
            (10, 5, 80, 10, 100),
            (
                (int)told["Timeline"]!["QueryQueueTimeInMillis"]!, (int)told["Timeline"]!["QueryPlanningTimeInMillis"]!,
                (int)told["Timeline"]!["EngineExecutionTimeInMillis"]!,
                (int)told["Timeline"]!["ServiceProcessingTimeInMillis"]!,
                (int)told["Timeline"]!["TotalExecutionTimeInMillis"]!));
        var uncounted = (await CallAsync("GetQueryRuntimeStatistics", Id("uncounted"))).Ok()
            .Json["QueryRuntimeStatistics"]!;
        foreach (var sizes in new[] { told["Rows"]!, told["OutputStage"]! })
        {
            Assert.Equal(
                (1234, 9, 56, 7),
                (
                    (int)sizes["InputBytes"]!, (int)sizes["InputRows"]!, (int)sizes["OutputBytes"]!,
                    (int)sizes["OutputRows"]!));
        }

        Assert.Null(uncounted["Rows"]?["InputRows"]);
        Assert.Equal("FINISHED", (string)told["OutputStage"]!["State"]!);
    }

    [Theory]
    [InlineData("""{"QueryString":"SELECT 1","ExecutionParameters":[]}""", "ExecutionParameters")]
    [InlineData("""{"QueryString":"SELECT 1","ClientRequestToken":"short"}""", "ClientRequestToken")]
    [InlineData(
        """{"QueryString":"SELECT 1","ResultReuseConfiguration":{"ResultReuseByAgeConfiguration":{}}}""", "enabled")]
    [InlineData("""{"QueryString":"SELECT 1","ResultConfiguration":{"OutputLocation":"/etc"}}""", "/etc")]
    [InlineData("""{"QueryString":"SELECT 1","ResultConfiguration":{"ExpectedBucketOwner":"123456789012"}}""", "owner")]
    [InlineData("""{"QueryString":"SELECT 1","Foo":1}""", "Foo")]
    [InlineData(
        """
        {"QueryString":"SELECT 1","ResultConfiguration":{"EncryptionConfiguration":{"EncryptionOption":"SSE_S3"}}}
        """,
        "EncryptionConfiguration")]
    [InlineData("""{"QueryString":"SELECT 1","QueryExecutionContext":{"Catalog":"other"}}""", "other")]
    [InlineData("""{"QueryString":""}""", "QueryString")]
    [InlineData("""{"QueryString":"BAD"}""", "output location")]
    public async Task Start_WhatCannotBeHonoured_IsRefused(string input, string name) =>
        Assert.Contains(name, (await RefusedAsync("StartQueryExecution", input)).Text);

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

    /// <summary>Asserts that Athena's door refuses it, in whichever of its two forms.</summary>
    private async Task<Answer> RefusedAsync(string operation, string input)
    {
        var answer = await CallAsync(operation, JsonNode.Parse(input)!);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.True(answer.Code is "InvalidRequestException" or "ValidationException", answer.Text);
        return answer;
    }

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
