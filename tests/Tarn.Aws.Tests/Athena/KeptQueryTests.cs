using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Athena;

/// <summary>Named queries and prepared statements.</summary>
public sealed class KeptQueryTests : IAsyncLifetime
{
    private readonly AwsScene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task NamedQuery_CreatedUpdatedAndDeleted_IsGivenBackInBetween()
    {
        var id = await CreateAsync("one", "SELECT 1");

        var created = (await CallAsync("GetNamedQuery", $$"""{"NamedQueryId":"{{id}}"}""")).Ok().Json["NamedQuery"]!;
        (await CallAsync(
            "UpdateNamedQuery", $$"""{"NamedQueryId":"{{id}}","Name":"two","QueryString":"SELECT 2"}""")).Ok();
        var updated = (await CallAsync("GetNamedQuery", $$"""{"NamedQueryId":"{{id}}"}""")).Ok().Json["NamedQuery"]!;
        (await CallAsync("DeleteNamedQuery", $$"""{"NamedQueryId":"{{id}}"}""")).Ok();
        var gone = await CallAsync("GetNamedQuery", $$"""{"NamedQueryId":"{{id}}"}""");

        Assert.Equal(
            ("one", "SELECT 1", "lab", "primary"),
            (
                (string)created["Name"]!, (string)created["QueryString"]!, (string)created["Database"]!,
                (string)created["WorkGroup"]!));
        Assert.Equal(("two", "SELECT 2"), ((string)updated["Name"]!, (string)updated["QueryString"]!));
        gone.MustFail(HttpStatusCode.BadRequest, "InvalidRequestException", id);
    }

    [Fact]
    public async Task NamedQueries_InPages_AreListedOnce()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await CreateAsync($"q{i}", "SELECT 1"));
        }

        var first = (await CallAsync("ListNamedQueries", """{"MaxResults":3}""")).Ok().Json;
        var second = (await CallAsync(
            "ListNamedQueries", $$"""{"MaxResults":3,"NextToken":"{{(string)first["NextToken"]!}}"}""")).Ok().Json;
        var batch = (await CallAsync(
            "BatchGetNamedQuery", $$"""{"NamedQueryIds":["{{ids[1]}}","absent"]}""")).Ok().Json;

        Assert.Equal(ids.Order(StringComparer.Ordinal), Ids(first).Concat(Ids(second)));
        Assert.Null(second["NextToken"]);
        Assert.Equal("q1", (string)batch["NamedQueries"]!.AsArray().Single()!["Name"]!);
        Assert.Equal("absent", (string)batch["UnprocessedNamedQueryIds"]![0]!["NamedQueryId"]!);
    }

    [Fact]
    public async Task NamedQuery_SameToken_IsCreatedOnce()
    {
        var token = new string('t', 32);

        var first = await CreateAsync("one", "SELECT 1", token);
        var again = await CreateAsync("one", "SELECT 1", token);
        var other = await CallAsync("CreateNamedQuery", Creation("one", "SELECT 2", token));

        Assert.Equal(first, again);
        Assert.Equal("IDEMPOTENT_PARAMETER_MISMATCH", (string)other.Json["AthenaErrorCode"]!);
    }

    [Fact]
    public async Task PreparedStatement_CreatedUpdatedAndDeleted_IsGivenBackInBetween()
    {
        (await PreparedAsync("CreatePreparedStatement", "SELECT ?")).Ok();
        var again = await PreparedAsync("CreatePreparedStatement", "SELECT ?");

        (await PreparedAsync("UpdatePreparedStatement", "SELECT ?, ?")).Ok();
        var got = (await PreparedAsync("GetPreparedStatement", null)).Ok().Json["PreparedStatement"]!;
        var batch = (await CallAsync(
            "BatchGetPreparedStatement", """{"PreparedStatementNames":["p","absent"],"WorkGroup":"primary"}""")).Ok()
            .Json;
        var listed = (await CallAsync("ListPreparedStatements", """{"WorkGroup":"primary"}""")).Ok().Json;
        (await PreparedAsync("DeletePreparedStatement", null)).Ok();
        var gone = await PreparedAsync("GetPreparedStatement", null);

        again.MustFail(HttpStatusCode.BadRequest, "InvalidRequestException", "already exists");
        Assert.Equal(
            ("p", "SELECT ?, ?", "primary"),
            ((string)got["StatementName"]!, (string)got["QueryStatement"]!, (string)got["WorkGroupName"]!));
        Assert.Equal("p", (string)batch["PreparedStatements"]![0]!["StatementName"]!);
        Assert.Equal("absent", (string)batch["UnprocessedPreparedStatementNames"]![0]!["StatementName"]!);
        Assert.Equal("p", (string)listed["PreparedStatements"]!.AsArray().Single()!["StatementName"]!);
        Assert.True((decimal)listed["PreparedStatements"]![0]!["LastModifiedTime"]! > 0);
        gone.MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException", "p");
    }

    [Theory]
    [InlineData("CreatePreparedStatement", """{"StatementName":"1p","WorkGroup":"primary","QueryStatement":"x"}""")]
    [InlineData("CreatePreparedStatement", """{"StatementName":"p","WorkGroup":"absent","QueryStatement":"x"}""")]
    [InlineData("CreateNamedQuery", """{"Name":"","Database":"d","QueryString":"SELECT 1"}""")]
    [InlineData("CreateNamedQuery", """{"Name":"n","Database":"d","QueryString":"x","WorkGroup":"absent"}""")]
    [InlineData("ListNamedQueries", """{"NextToken":"x"}""")]
    public async Task Request_WhatCannotBe_IsRefused(string operation, string input) =>
        (await CallAsync(operation, input)).MustFail(HttpStatusCode.BadRequest, "InvalidRequestException");

    [Fact]
    public async Task Kept_AfterARestart_AreThere()
    {
        var id = await CreateAsync("one", "SELECT 1");
        (await PreparedAsync("CreatePreparedStatement", "SELECT ?")).Ok();

        await _scene.RestartAsync();

        (await CallAsync("GetNamedQuery", $$"""{"NamedQueryId":"{{id}}"}""")).Ok();
        var statement = (await PreparedAsync("GetPreparedStatement", null)).Ok().Json["PreparedStatement"]!;
        Assert.Equal("SELECT ?", (string)statement["QueryStatement"]!);
    }

    private static IEnumerable<string> Ids(JsonNode answer) =>
        answer["NamedQueryIds"]!.AsArray().Select(id => (string)id!);

    private async Task<string> CreateAsync(string name, string sql, string? token = null) =>
        (string)(await CallAsync("CreateNamedQuery", Creation(name, sql, token))).Ok().Json["NamedQueryId"]!;

    private static string Creation(string name, string sql, string? token)
    {
        var input = new JsonObject { ["Name"] = name, ["Database"] = "lab", ["QueryString"] = sql };
        if (token is not null)
        {
            input["ClientRequestToken"] = token;
        }

        return input.ToJsonString();
    }

    private Task<Answer> PreparedAsync(string operation, string? sql)
    {
        var input = new JsonObject { ["StatementName"] = "p", ["WorkGroup"] = "primary" };
        if (sql is not null)
        {
            input["QueryStatement"] = sql;
        }

        return CallAsync(operation, input.ToJsonString());
    }

    private Task<Answer> CallAsync(string operation, string input) =>
        _scene.JsonAsync("AmazonAthena." + operation, JsonNode.Parse(input)!);
}
