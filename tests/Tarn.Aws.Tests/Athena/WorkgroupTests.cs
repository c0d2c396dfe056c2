using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Athena;

/// <summary>Workgroups and their tags.</summary>
public sealed class WorkgroupTests : IAsyncLifetime
{
    private readonly AwsScene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

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
    [InlineData("""{"Name":"x","Tags":[{"Key":"aws:a","Value":"b"}]}""", "aws:")]
    [InlineData(
        """{"Name":"x","Configuration":{"EngineVersion":{"SelectedEngineVersion":"Athena engine version 2"}}}""",
        "Athena engine version 2")]
    [InlineData(
        """{"Name":"x","Configuration":{"ExecutionRole":"arn:aws:iam::000000000000:role/x"}}""", "ExecutionRole")]
    [InlineData(
        """
        {"Name":"x","Configuration":{"ResultConfiguration":{"EncryptionConfiguration":{"EncryptionOption":"SSE_S3"}}}}
        """,
        "SSE_S3")]
    [InlineData("""{"Name":"primary"}""", "already created")]
    public async Task Workgroup_WhatCannotBeHonoured_IsRefused(string input, string name) =>
        Assert.Contains(name, (await RefusedAsync("CreateWorkGroup", input)).Text);

    [Fact]
    public async Task Create_WithAConfiguration_EnforcesItUnlessToldOtherwise()
    {
        (await CallAsync("CreateWorkGroup", """{"Name":"a","Description":"of a","Configuration":{}}""")).Ok();
        (await CallAsync("CreateWorkGroup", """{"Name":"b"}""")).Ok();

        var (a, b) = (await GetAsync("a"), await GetAsync("b"));
        Assert.True((bool)a["Configuration"]!["EnforceWorkGroupConfiguration"]!);
        Assert.False((bool)b["Configuration"]!["EnforceWorkGroupConfiguration"]!);
        Assert.Equal("of a", (string)a["Description"]!);
        Assert.Equal("AUTO", (string)a["Configuration"]!["EngineVersion"]!["SelectedEngineVersion"]!);
        Assert.True((decimal)a["CreationTime"]! > 0);
    }

    [Fact]
    public async Task Update_SomeMembers_LeavesTheOthersAsTheyWere()
    {
        (await CallAsync("CreateWorkGroup", """
            {"Name":"w","Description":"one","Configuration":{"BytesScannedCutoffPerQuery":20000000,
             "ResultConfiguration":{"OutputLocation":"s3://out/w/"},"PublishCloudWatchMetricsEnabled":false}}
            """)).Ok();

        (await CallAsync("UpdateWorkGroup", """{"WorkGroup":"w","State":"DISABLED"}""")).Ok();
        var disabled = await GetAsync("w");
        (await CallAsync("UpdateWorkGroup", """
            {"WorkGroup":"w","State":"ENABLED","Description":"two","ConfigurationUpdates":{
             "RemoveBytesScannedCutoffPerQuery":true,"EnforceWorkGroupConfiguration":false,
             "ResultConfigurationUpdates":{"RemoveOutputLocation":true}}}
            """)).Ok();
        var changed = await GetAsync("w");

        Assert.Equal(("DISABLED", "one"), ((string)disabled["State"]!, (string)disabled["Description"]!));
        Assert.Equal(20_000_000, (long)disabled["Configuration"]!["BytesScannedCutoffPerQuery"]!);
        Assert.Equal(("ENABLED", "two"), ((string)changed["State"]!, (string)changed["Description"]!));
        Assert.Null(changed["Configuration"]!["BytesScannedCutoffPerQuery"]);
        Assert.False((bool)changed["Configuration"]!["EnforceWorkGroupConfiguration"]!);
        Assert.Equal(
            "s3://lake/results/", (string)changed["Configuration"]!["ResultConfiguration"]!["OutputLocation"]!);
        Assert.Equal((decimal)disabled["CreationTime"]!, (decimal)changed["CreationTime"]!);
    }

    [Theory]
    [InlineData("""{"WorkGroup":"absent","Description":"x"}""", "absent")]
    [InlineData("""{"WorkGroup":"primary","State":"PAUSED"}""", "PAUSED")]
    [InlineData(
        """{"WorkGroup":"primary","ConfigurationUpdates":{"BytesScannedCutoffPerQuery":9999999}}""", "10000000")]
    [InlineData(
        """
        {"WorkGroup":"primary","ConfigurationUpdates":{"BytesScannedCutoffPerQuery":10000000,
         "RemoveBytesScannedCutoffPerQuery":true}}
        """,
        "exclude")]
    [InlineData("""{"WorkGroup":"primary","ConfigurationUpdates":{"RequesterPaysEnabled":true}}""", "RequesterPays")]
    public async Task Update_WhatCannotBeHonoured_IsRefused(string input, string name) =>
        Assert.Contains(name, (await RefusedAsync("UpdateWorkGroup", input)).Text);

    [Fact]
    public async Task Delete_WithAQuery_NeedsTheRecursiveOption()
    {
        (await CallAsync("CreateWorkGroup", """{"Name":"w"}""")).Ok();
        var id = (string)(await CallAsync(
            "CreateNamedQuery", """{"Name":"q","Database":"d","QueryString":"SELECT 1","WorkGroup":"w"}""")).Ok()
            .Json["NamedQueryId"]!;

        var refused = await RefusedAsync("DeleteWorkGroup", """{"WorkGroup":"w"}""");
        (await CallAsync("DeleteWorkGroup", """{"WorkGroup":"w","RecursiveDeleteOption":true}""")).Ok();

        Assert.Contains("WorkGroup w is not empty", refused.Text);
        await RefusedAsync("GetWorkGroup", """{"WorkGroup":"w"}""");
        await RefusedAsync("GetNamedQuery", $$"""{"NamedQueryId":"{{id}}"}""");
        Assert.Contains("primary", (await RefusedAsync("DeleteWorkGroup", """{"WorkGroup":"primary"}""")).Text);
    }

    [Fact]
    public async Task Tags_AddedAndRemoved_AreListedByKey()
    {
        const string Arn = "arn:aws:athena:us-east-1:000000000000:workgroup/w";
        (await CallAsync("CreateWorkGroup", """{"Name":"w","Tags":[{"Key":"b","Value":"1"}]}""")).Ok();

        (await CallAsync("TagResource", $$"""
            {"ResourceARN":"{{Arn}}","Tags":[{"Key":"a","Value":"2"},{"Key":"b","Value":"3"},{"Key":"c","Value":""}]}
            """)).Ok();
        (await CallAsync("UntagResource", $$"""{"ResourceARN":"{{Arn}}","TagKeys":["c","absent"]}""")).Ok();

        var tags = (await CallAsync("ListTagsForResource", $$"""{"ResourceARN":"{{Arn}}"}""")).Ok().Json["Tags"]!;
        Assert.Equal(
            ["a=2", "b=3"], tags.AsArray().Select(tag => $"{(string)tag!["Key"]!}={(string)tag["Value"]!}"));
    }

    [Theory]
    [InlineData("arn:aws:athena:us-east-1:000000000000:workgroup/absent")]
    [InlineData("arn:aws:athena:us-east-1:999999999999:workgroup/primary")]
    [InlineData("arn:aws:athena:us-east-1:000000000000:datacatalog/x")]
    [InlineData("primary")]
    public async Task Tags_OfWhatIsNotThere_AreNotFound(string arn)
    {
        var answer = await CallAsync("ListTagsForResource", $$"""{"ResourceARN":"{{arn}}"}""");

        answer.MustFail(HttpStatusCode.BadRequest, "ResourceNotFoundException", arn);
        Assert.Equal(arn, (string)answer.Json["ResourceName"]!);
    }

    private async Task<JsonNode> GetAsync(string name) =>
        (await CallAsync("GetWorkGroup", $$"""{"WorkGroup":"{{name}}"}""")).Ok().Json["WorkGroup"]!;

    private async Task<Answer> RefusedAsync(string operation, string input)
    {
        var answer = await CallAsync(operation, input);
        answer.MustFail(HttpStatusCode.BadRequest, "InvalidRequestException");
        return answer;
    }

    private Task<Answer> CallAsync(string operation, string input) => CallAsync(operation, JsonNode.Parse(input)!);

    private Task<Answer> CallAsync(string operation, JsonNode input) =>
        _scene.JsonAsync("AmazonAthena." + operation, input);
}
