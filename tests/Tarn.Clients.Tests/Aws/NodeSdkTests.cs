using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Aws;

/// <summary>@aws-sdk v3 for JavaScript; the script asserts and prints one line at its end.</summary>
public sealed class NodeSdkTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [ClientFact("tests/clients-npm/node_modules/@aws-sdk/client-kinesis/package.json")]
    public async Task KinesisS3Athena_ThroughTheJavaScriptSdk_Work()
    {
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-npm", "smoke.mjs");
        var output = (await fixture.RunAsync("node", script)).MustSucceed();
        Assert.Equal("aws-sdk v3: kinesis s3 athena ok", output.Trim());
    }

    [ClientFact("tests/clients-npm/node_modules/@aws-sdk/client-kinesis/package.json")]
    public async Task EveryKinesisOperation_ThroughTheJavaScriptSdk_WorksOrIsRefusedByName()
    {
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-npm", "kinesis.mjs");
        var output = (await fixture.RunAsync("node", script)).MustSucceed();
        Assert.Equal("aws-sdk v3: every kinesis operation ok", output.Trim());
    }

    [ClientFact("tests/clients-npm/node_modules/@aws-sdk/client-athena/package.json")]
    public async Task Athena_ThroughTheJavaScriptSdk_Works()
    {
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-npm", "athena.mjs");
        var output = (await fixture.RunAsync("node", script)).MustSucceed();
        Assert.Equal("aws-sdk v3: athena ok", output.Trim());
    }

    [ClientFact("tests/clients-npm/node_modules/@aws-sdk/client-athena/package.json")]
    public async Task AthenaTables_ThroughTheJavaScriptSdk_Work()
    {
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-npm", "athena-tables.mjs");
        var output = (await fixture.RunAsync("node", script)).MustSucceed();
        Assert.Equal("aws-sdk v3: athena tables ok", output.Trim());
    }
}
